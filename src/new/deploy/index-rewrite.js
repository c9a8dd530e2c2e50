// A CloudFront function for viewer requests: a private bucket knows no folders, so each folder's page is asked for by its name.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last === '') {
    request.uri += 'index.html';
  } else if (last.indexOf('.') === -1) {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: request.uri + '/' } }
    };
  }
  return request;
}
