// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An outbox that is gone with the test.
public final class InMemoryOutbox implements Outbox {
  private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
  private OptionalLong position = OptionalLong.empty();

  @Override
  public synchronized OptionalLong position() {
    return position;
  }

  @Override
  public synchronized void put(List<Delivery> more, long to) {
    more.forEach(delivery -> deliveries.putIfAbsent(delivery.id(), delivery));
    position = OptionalLong.of(to);
  }

  @Override
  public synchronized int add(List<Delivery> more) {
    int added = 0;
    for (Delivery delivery : more) {
      added += deliveries.putIfAbsent(delivery.id(), delivery) == null ? 1 : 0;
    }
    return added;
  }

  @Override
  public synchronized void update(Delivery delivery) {
    deliveries.replace(delivery.id(), delivery);
  }

  @Override
  public synchronized List<Delivery> due(Instant now, int max) {
    List<Delivery> due = new ArrayList<>();
    for (Delivery delivery : deliveries.values()) {
      if (delivery.status() == Delivery.Status.WAITING && !delivery.due().isAfter(now)) {
        due.add(delivery);
      }
    }
    due.sort(Comparator.comparing(Delivery::due).thenComparing(Delivery::id));
    return due.subList(0, Math.min(max, due.size()));
  }

  @Override
  public synchronized Optional<Instant> nextDue() {
    Instant next = null;
    for (Delivery delivery : deliveries.values()) {
      boolean waits = delivery.status() == Delivery.Status.WAITING;
      if (waits && (next == null || delivery.due().isBefore(next))) {
        next = delivery.due();
      }
    }
    return Optional.ofNullable(next);
  }

  @Override
  public synchronized Optional<Delivery> find(String id) {
    return Optional.ofNullable(deliveries.get(id));
  }

  @Override
  public synchronized List<Delivery> list(Delivery.@Nullable Status status, int max) {
    List<Delivery> found = new ArrayList<>();
    for (Delivery delivery : List.copyOf(deliveries.values()).reversed()) {
      if (found.size() < max && (status == null || delivery.status() == status)) {
        found.add(delivery);
      }
    }
    return found;
  }

  @Override
  public synchronized List<Delivery> about(String subject, int max) {
    return list(null, Integer.MAX_VALUE).stream()
        .filter(delivery -> delivery.notice().subject().equals(subject))
        .limit(max)
        .toList();
  }

  @Override
  public void close() {}
}
