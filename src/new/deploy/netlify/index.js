// Gives a build what the last one remembered and the site it left.
const { rmSync } = require("node:fs");
const kept = [".ninefold", "public"];

module.exports = {
  onPreBuild: ({ utils }) => utils.cache.restore(kept),
  onPostBuild: async ({ utils }) => {
    await utils.cache.save(kept);
    // The list that the next build reads; what is in the folder now is sent.
    rmSync("public/.ninefold-manifest", { force: true });
  },
};
