// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.server.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  @Test
  void whatThePageShowsIsTheIdOfTheLastEventOfEachPoll() {
    Browser browser = new Browser("third");
    Reply.Streamed reply = (Reply.Streamed) EventStream.of(new Told());

    assertThatThrownBy(() -> reply.writing().to(browser)).hasMessage("the browser has gone");

    assertThat(browser.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            : open

            event: replace
            data: {"html":["first"]}

            id: v1
            event: fresh
            data: {"count":2,"more":false}

            id: v2
            event: replace
            data: {"html":["third"]}

            """);
  }

  /// Tells two things, then nothing, then one.
  private static final class Told implements LiveFeed {
    private final Iterator<List<Event>> polls =
        List.of(
                List.of(LiveEvents.replace(List.of("first")), LiveEvents.count(2, false)),
                List.<Event>of(),
                List.of(LiveEvents.replace(List.of("third"))))
            .iterator();
    private int told;

    @Override
    public Duration every() {
      return Duration.ofMillis(1);
    }

    @Override
    public List<Event> poll() {
      List<Event> events = polls.next();
      told += events.isEmpty() ? 0 : 1;
      return events;
    }

    @Override
    public String shown() {
      return "v" + told;
    }
  }

  /// Goes when it has read a word.
  private static final class Browser extends ByteArrayOutputStream {
    private final String last;

    private Browser(String last) {
      this.last = last;
    }

    @Override
    public void flush() throws IOException {
      if (toString(StandardCharsets.UTF_8).contains(last)) {
        throw new IOException("the browser has gone");
      }
    }
  }
}
