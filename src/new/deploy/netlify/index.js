// Gives a build what the last one remembered and the site it left.
const kept = [".ninefold", "public"];

module.exports = {
  onPreBuild: ({ utils }) => utils.cache.restore(kept),
  onPostBuild: ({ utils }) => utils.cache.save(kept),
};
