// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.tool.ListView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ViewWatchTest {
  private final ViewWatch views = new ViewWatch(Duration.ofMillis(1));
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private volatile ListView now = new ListView("one", "");

  @AfterEach
  void stop() {
    views.close();
  }

  @Test
  void tellsWhichListsHaveChanged() throws InterruptedException {
    views.open(() -> now, new ToldLists(), heard::add).begin();

    publish(new ListView("two", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);

    publish(new ListView("two", "other"));
    assertThat(next(heard)).isEqualTo(ToldLists.RESOURCES);
    assertThat(next(heard)).isEqualTo(ToldLists.PROMPTS);
  }

  @Test
  void aClientThatNeverReadsKeepsNobodyWaiting() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    BlockingQueue<String> late = new LinkedBlockingQueue<>();
    views
        .open(
            () -> now,
            new ToldLists(),
            method -> {
              stuck.countDown();
              await(read);
              return late.add(method);
            })
        .begin();
    views.open(() -> now, new ToldLists(), heard::add).begin();

    publish(new ListView("two", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 100; i++) {
      publish(new ListView("more " + i, ""));
      assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    }
    publish(new ListView("more 99", "other"));
    assertThat(next(heard)).isEqualTo(ToldLists.RESOURCES);
    assertThat(next(heard)).isEqualTo(ToldLists.PROMPTS);

    // What gathers for it is no more than one of each.
    read.countDown();
    assertThat(List.of(next(late), next(late), next(late), next(late)))
        .containsExactly(ToldLists.TOOLS, ToldLists.TOOLS, ToldLists.RESOURCES, ToldLists.PROMPTS);
    assertThat(late).isEmpty();
  }

  @Test
  void aLookThatFailsOnceIsTriedAgainAndEndsNothing() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(3);
    views
        .open(
            () -> {
              if (now.tools().equals("two") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("no view");
              }
              return now;
            },
            new ToldLists(),
            heard::add)
        .begin();

    // Nothing else is published: it looks again by itself.
    publish(new ListView("two", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    assertThat(failures.get()).isNegative();

    publish(new ListView("three", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
  }

  @Test
  void aClientThatCannotBeToldIsToldOfTheNextChange() throws InterruptedException {
    views
        .open(
            () -> now,
            new ToldLists(),
            method -> {
              heard.add(method);
              throw new IllegalStateException("gone");
            })
        .begin();

    publish(new ListView("two", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    publish(new ListView("three", ""));
    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
  }

  @Test
  void whatChangesBeforeTheClientKnowsThatItListensIsToldThen() throws InterruptedException {
    Semaphore looks = new Semaphore(0);
    ViewWatch.Watch watch =
        views.open(
            () -> {
              ListView view = now;
              if (view.tools().equals("two")) {
                looks.release();
              }
              return view;
            },
            new ToldLists(),
            heard::add);
    publish(new ListView("two", ""));
    assertThat(looks.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    // The second look begins when the first has been dealt with.
    views.changed();
    assertThat(looks.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).isEmpty();

    watch.begin();

    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
  }

  @Test
  void whatChangesBetweenTwoConnectionsIsToldByTheNext() throws InterruptedException {
    ToldLists told = new ToldLists();
    told.first(() -> now);
    now = new ListView("two", "");
    try (ViewWatch.Watch first = views.open(() -> now, told, heard::add)) {
      first.begin();
      assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    }

    now = new ListView("three", "");
    views.open(() -> now, told, heard::add).begin();

    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
  }

  @Test
  void whatDidNotGetOutIsToldByTheNextConnection() throws InterruptedException {
    ToldLists told = new ToldLists();
    told.first(() -> now);
    now = new ListView("two", "other");
    try (ViewWatch.Watch broken =
        views.open(
            () -> now, told, method -> heard.add(method) && method.equals(ToldLists.TOOLS))) {
      broken.begin();
      assertThat(List.of(next(heard), next(heard), next(heard)))
          .containsExactly(ToldLists.TOOLS, ToldLists.RESOURCES, ToldLists.PROMPTS);
      // It looks once more, and tells nothing twice by the same connection.
      publish(new ListView("two", "more"));
      assertThat(List.of(next(heard), next(heard)))
          .containsExactly(ToldLists.RESOURCES, ToldLists.PROMPTS);
    }

    views.open(() -> now, told, heard::add).begin();

    assertThat(List.of(next(heard), next(heard)))
        .containsExactly(ToldLists.RESOURCES, ToldLists.PROMPTS);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatNobodyWasToldBeforeTheConnectionBrokeIsToldByTheNext() throws InterruptedException {
    ToldLists told = new ToldLists();
    told.first(() -> now);
    Semaphore looks = new Semaphore(0);
    try (ViewWatch.Watch _ =
        views.open(
            () -> {
              looks.release();
              return now;
            },
            told,
            heard::add)) {
      publish(new ListView("two", ""));
      looks.acquire();
      // The second look begins when the first has been dealt with.
      views.changed();
      looks.acquire();
    }

    views.open(() -> now, told, heard::add).begin();

    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
  }

  @Test
  void aConnectionThatWasReplacedTakesNothingAway() throws InterruptedException {
    ToldLists told = new ToldLists();
    BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    views.open(() -> now, told, lost::add).begin();
    views.open(() -> now, told, heard::add).begin();

    publish(new ListView("two", ""));

    assertThat(next(heard)).isEqualTo(ToldLists.TOOLS);
    assertThat(lost).isEmpty();
  }

  private void publish(ListView view) {
    now = view;
    views.changed();
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    String method = heard.poll(30, TimeUnit.SECONDS);
    return method == null ? "nothing" : method;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
