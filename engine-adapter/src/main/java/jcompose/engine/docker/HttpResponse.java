package jcompose.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// A response whose body may still be on its way.
///
/// @param headers names in lower case
record HttpResponse(int status, Map<String, List<String>> headers, HttpBody body)
    implements DockerHttpClient.Response {

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return headers;
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    body.close();
  }
}
