// A CloudFront function for viewer requests: a private bucket knows no folders, so each folder's page is asked for by its name.

// Programs of older sites, whose addresses may be aliases here: each is a folder with a page.
var PROGRAMS = /\.(php|phtml|asp|aspx|jsp|cgi|pl|do)$/i;
var FILE = /\.[a-z0-9]*[a-z][a-z0-9]*$/i;

function query(parts) {
  var pairs = [];
  for (var name in parts) {
    var values = parts[name].multiValue || [parts[name]];
    for (var i = 0; i < values.length; i++) pairs.push(values[i].value === '' ? name : name + '=' + values[i].value);
  }
  return pairs.length ? '?' + pairs.join('&') : '';
}

function handler(event) {
  var request = event.request;
  // Two slashes at the beginning would lead to another host.
  var path = request.uri.replace(/^[\/\\]+/, '/');
  var last = path.substring(path.lastIndexOf('/') + 1);
  if (path.indexOf('/.ninefold-') >= 0) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  if (last === '') {
    request.uri = path + 'index.html';
  } else if (PROGRAMS.test(last)) {
    request.uri = path + '/index.html';
  } else if (FILE.test(last) || path.indexOf('/.well-known/') === 0) {
    request.uri = path;
  } else {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: path + '/' + query(request.querystring || {}) } }
    };
  }
  return request;
}
