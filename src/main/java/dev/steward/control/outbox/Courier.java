// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.outbox.Carrier.NotCarried;
import dev.steward.control.state.State;
import dev.steward.control.watch.Watch;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.Channel;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends what lies in the outbox, again and again until it arrives or is given up. A channel that
/// is slow or down holds up none but its own.
public final class Courier implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Courier.class.getName());
  private static final int LOOKED_AT = 1_000;
  private static final int OF_A_CHANNEL_AT_ONCE = 2;
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);
  private static final Duration RETRY_EVERY = Duration.ofSeconds(2);

  /// Pauses after the first attempt, the second and so on; after the last it is given up.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(12));

  private final Outbox outbox;
  private final Supplier<State> state;
  private final Carrier carrier;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Watch watch = new Watch();
  private final Map<String, Integer> busy = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final Thread thread = Thread.ofVirtual().name("courier").unstarted(this::run);

  public Courier(Outbox outbox, Supplier<State> state, Carrier carrier, InstantSource clock) {
    this.outbox = outbox;
    this.state = state;
    this.carrier = carrier;
    this.clock = clock;
  }

  /// Begins to send.
  public Courier start() {
    thread.start();
    return this;
  }

  /// Says that there is something new.
  public void wake() {
    watch.ring();
  }

  /// What is and was on its way, the newest first.
  ///
  /// @param status null for all
  public List<Delivery> list(Delivery.@Nullable Status status, int max) {
    return outbox.list(status, max);
  }

  /// The same of what is about one subject, such as an alert.
  public List<Delivery> about(String subject, int max) {
    return outbox.about(subject, max);
  }

  /// Tells what stands in no ledger, through every channel that tells such events. What has been
  /// told under the id is not told again.
  public void tell(String id, Notice notice) {
    tell(id, notice, _ -> true);
  }

  /// The same, through some of these channels alone.
  public void tell(String id, Notice notice, Predicate<Channel> which) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Channel channel : state.get().all(Channel.class)) {
      if (channel.tells(notice.event()) && which.test(channel)) {
        deliveries.add(
            Delivery.of(id + "-" + channel.name(), channel.name(), notice, clock.instant()));
      }
    }
    if (!deliveries.isEmpty() && outbox.add(deliveries) > 0) {
      wake();
    }
  }

  /// Sends once more what was given up.
  ///
  /// @throws ApiException NOT_FOUND, or CONFLICT for what was not given up
  public Delivery again(String id) {
    Delivery delivery =
        outbox
            .find(id)
            .orElseThrow(
                () -> new ApiException(ErrorCode.NOT_FOUND, "There is no delivery " + id + "."));
    if (delivery.status() != Delivery.Status.FAILED) {
      throw new ApiException(
          ErrorCode.CONFLICT, "delivery " + id + " is " + delivery.status().word());
    }
    Delivery anew = delivery.anew(clock.instant());
    outbox.update(anew);
    wake();
    return anew;
  }

  /// Begins nothing more; what is under way is tried again after the next start.
  @Override
  public void close() {
    watch.close();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
      stretch.await(this::awaitIdle);
    }
  }

  private void awaitIdle() throws InterruptedException {
    lock.lock();
    try {
      while (!underWay.isEmpty()) {
        idle.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean open = true;
    while (open) {
      try {
        for (Delivery delivery : outbox.due(clock.instant(), LOOKED_AT)) {
          if (taken(delivery)) {
            Thread.ofVirtual().name("delivery").start(() -> deliver(delivery));
          }
        }
        open = watch.await(pause());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the outbox cannot be read; it is tried again", e);
        open = watch.rest(RETRY_EVERY);
      }
    }
  }

  private Duration pause() {
    if (isBusy()) {
      // Whoever comes back wakes it.
      return WAIT_MAX;
    }
    Duration left =
        outbox.nextDue().map(due -> Duration.between(clock.instant(), due)).orElse(WAIT_MAX);
    Duration bounded = left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
    return bounded.isPositive() ? bounded.plusMillis(1) : Duration.ofMillis(1);
  }

  private boolean isBusy() {
    lock.lock();
    try {
      return !underWay.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean taken(Delivery delivery) {
    lock.lock();
    try {
      int ofChannel = busy.getOrDefault(delivery.channel(), 0);
      if (!watch.isOpen() || ofChannel >= OF_A_CHANNEL_AT_ONCE || !underWay.add(delivery.id())) {
        return false;
      }
      busy.put(delivery.channel(), ofChannel + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Delivery delivery) {
    try {
      outbox.update(tried(delivery));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "delivery " + delivery.id() + " may be sent again", e);
    } finally {
      lock.lock();
      try {
        underWay.remove(delivery.id());
        busy.merge(delivery.channel(), -1, Integer::sum);
        idle.signalAll();
      } finally {
        lock.unlock();
      }
      watch.ring();
    }
  }

  private Delivery tried(Delivery delivery) {
    Optional<Channel> channel = state.get().find(Channel.class, delivery.channel());
    if (channel.isEmpty()) {
      return delivery.failed("the Channel " + delivery.channel() + " is gone", clock.instant());
    }
    try {
      carrier.carry(channel.get(), delivery);
      return delivery.delivered(clock.instant());
    } catch (NotCarried e) {
      return later(delivery, String.valueOf(e.getMessage()), e.forGood());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a carrier failed", e);
      return later(delivery, "the carrier failed: " + e, false);
    }
  }

  private Delivery later(Delivery delivery, String reason, boolean forGood) {
    Instant now = clock.instant();
    if (forGood || delivery.attempts() >= PAUSES.size()) {
      LOG.log(
          Level.WARNING,
          "delivery {0} of {1} is given up: {2}",
          delivery.id(),
          delivery.notice().event(),
          reason);
      return delivery.failed(reason, now);
    }
    return delivery.again(reason, now.plus(PAUSES.get(delivery.attempts())), now);
  }
}
