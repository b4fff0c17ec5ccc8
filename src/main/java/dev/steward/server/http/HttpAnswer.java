// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.ClientGoneException;
import dev.steward.gateway.wire.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// An answer of the gateway that is written to the web server's response.
public record HttpAnswer(ServerResponse response) implements Answer {
  @Override
  public OutputStream begin(int status, List<Header> headers, long length) throws IOException {
    head(status, headers);
    if (length >= 0) {
      response.contentLength(length);
    }
    return new ToClient(response.outputStream(), response);
  }

  /// Head and body go out in one write.
  @Override
  public void whole(int status, List<Header> headers, byte[] body) throws IOException {
    head(status, headers);
    try {
      if (body.length == 0) {
        response.send();
      } else {
        response.send(body);
      }
    } catch (ServerConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  private void head(int status, List<Header> headers) {
    response.status(Status.create(status));
    for (Header header : headers) {
      response
          .headers()
          .add(HeaderValues.create(HeaderNames.create(header.name()), header.value()));
    }
  }

  /// The client's side of the connection, where one that has left shows as an `IOException`.
  private static final class ToClient extends OutputStream {
    private final OutputStream out;
    private final ServerResponse response;

    private ToClient(OutputStream out, ServerResponse response) {
      this.out = out;
      this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (ServerConnectionException e) {
        throw new ClientGoneException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (ServerConnectionException e) {
        throw new ClientGoneException(e);
      }
    }

    /// The web server itself would send the end only after the call is booked and recorded.
    @Override
    public void close() throws IOException {
      try {
        out.close();
        if (response instanceof RoutingResponse routed) {
          routed.commit();
        }
      } catch (ServerConnectionException e) {
        throw new ClientGoneException(e);
      }
    }
  }
}
