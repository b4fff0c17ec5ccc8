// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import dev.steward.gateway.wire.ClientGoneException;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.Reply;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Writes answers, with the headers that every answer has.
final class Sending {
  private static final int GZIP_FROM = 2048;
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src"
          + " 'none'";

  private final HttpCounts counts;

  Sending(HttpCounts counts) {
    this.counts = counts;
  }

  void send(Reply reply, Exchange exchange, ServerResponse response) {
    switch (reply) {
      case Reply.Whole whole -> {
        protect(exchange, response);
        whole(whole, exchange, response);
      }
      case Reply.Streamed streamed -> {
        protect(exchange, response);
        stream(streamed, response);
      }
      case Reply.Written written -> write(written, response);
    }
  }

  private void whole(Reply.Whole whole, Exchange exchange, ServerResponse response) {
    counts.count(whole.status());
    response.status(whole.status());
    whole.headers().forEach((name, value) -> response.header(name, value));
    if (!whole.contentType().isEmpty()) {
      response.header("Content-Type", whole.contentType());
    }
    byte[] bytes = whole.bytes();
    if (bytes.length >= GZIP_FROM && compressible(whole.contentType())) {
      response.header("Vary", "Accept-Encoding");
      if (exchange.header("Accept-Encoding").orElse("").contains("gzip")) {
        response.header("Content-Encoding", "gzip");
        bytes = gzip(bytes);
      }
    }
    if (exchange.method().equals("HEAD")) {
      response.header("Content-Length", Integer.toString(bytes.length));
      response.send();
    } else if (bytes.length == 0) {
      response.send();
    } else {
      response.send(bytes);
    }
  }

  private void stream(Reply.Streamed streamed, ServerResponse response) {
    counts.count(200);
    streamed.headers().forEach((name, value) -> response.header(name, value));
    response.header("Content-Type", streamed.contentType());
    try (OutputStream out = response.outputStream()) {
      streamed.writing().to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Reply.Written written, ServerResponse response) {
    try {
      written.answering().to(response);
    } catch (ClientGoneException e) {
      throw new CloseConnectionException("the client has left", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      counts.count(response.status().code());
    }
  }

  private static void protect(Exchange exchange, ServerResponse response) {
    response.header("Content-Security-Policy", POLICY);
    response.header("X-Content-Type-Options", "nosniff");
    response.header("X-Frame-Options", "DENY");
    response.header("Referrer-Policy", "same-origin");
    response.header("Cross-Origin-Opener-Policy", "same-origin");
    response.header("Cross-Origin-Resource-Policy", "same-origin");
    if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) {
      response.header("Cache-Control", "no-store");
    }
    if (exchange.secure()) {
      response.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static boolean compressible(String contentType) {
    return (contentType.startsWith("text/") && !contentType.startsWith("text/event-stream"))
        || contentType.contains("json")
        || contentType.contains("svg");
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
