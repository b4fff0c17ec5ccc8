// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The model provider of a drill: it does what the drill needs of it.
final class DrillProvider implements AutoCloseable {
  private static final String TOLD =
      "{\"id\":\"drill\",\"object\":\"chat.completion\",\"model\":\"drill\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hello.\"},"
          + "\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";

  private static final String FAILURE =
      "{\"error\":{\"message\":\"a"
          + " drill\",\"type\":\"server_error\",\"code\":null,\"param\":null}}";
  private static final int SILENT_SECONDS_MAX = 120;

  /// How it answers.
  enum Mode {
    /// A whole answer.
    ANSWER,
    /// The beginning of a stream, and then nothing.
    FALL_SILENT,
    /// Status 500.
    FAIL
  }

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicLong asked = new AtomicLong();
  private final Loopback port;
  private volatile Mode mode = Mode.ANSWER;

  DrillProvider() {
    port = Loopback.open(this::answer);
  }

  String url() {
    return port.url();
  }

  void from(Mode now) {
    mode = now;
  }

  /// Calls that came so far.
  long asked() {
    return asked.get();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    asked.incrementAndGet();
    Mode now = mode;
    Wire wire = Wire.at(request.path().path());
    response.header(
        HeaderValues.create(
            HeaderNames.CONTENT_TYPE,
            now == Mode.FALL_SILENT ? wire.mediaType() : "application/json"));
    switch (now) {
      case ANSWER -> response.send(TOLD);
      case FAIL -> response.status(Status.INTERNAL_SERVER_ERROR_500).send(FAILURE);
      case FALL_SILENT -> fallSilent(wire, response);
    }
  }

  private void fallSilent(Wire wire, ServerResponse response) {
    try (OutputStream out = response.outputStream()) {
      out.write(wire.begin());
      out.flush();
      // The drill is over long before; a thread that waits for ever would outlive it.
      boolean _ = over.await(SILENT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    port.close();
  }
}
