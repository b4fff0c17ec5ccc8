// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Decided;
import dev.steward.control.command.Decider;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.gate.CarriedProofs;
import dev.steward.control.plan.Plan;
import dev.steward.control.shelf.PeopleDirectory;
import dev.steward.control.shelf.SealedText;
import dev.steward.control.state.Fold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The commands that wait together: each decided on the State that those before it will leave, all
/// of their entries synced at once. Only the control thread calls it.
final class GroupCommit {
  private final Ledger ledger;
  private final PeopleDirectory people;
  private final InstantSource clock;
  private final RandomGenerator random;

  GroupCommit(Ledger ledger, PeopleDirectory people, InstantSource clock, RandomGenerator random) {
    this.ledger = ledger;
    this.people = people;
    this.clock = clock;
    this.random = random;
  }

  private record Step(Waiting waiting, Decided decided, int entries, long sequence) {}

  /// Decides and appends; the waiting threads are told by `Committed.tell`, after State is
  /// published.
  Committed commit(State before, List<Waiting> group) {
    State pending = before;
    List<Step> steps = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    List<SealedText> texts = new ArrayList<>();
    for (Waiting waiting : group) {
      try {
        Instant now = now(pending);
        CarriedProofs.Use proofs = new CarriedProofs.Use(waiting.proofs());
        Decided decided =
            Decider.decide(pending, waiting.command(), waiting.actor(), now, random, proofs);
        proofs.requireWhole();
        refuse(decided.plan());
        Fold fold = new Fold(pending);
        List<Entry> written = entries(decided, now, waiting.actor(), fold);
        pending = fold.state();
        entries.addAll(written);
        texts.addAll(decided.texts());
        steps.add(new Step(waiting, decided, written.size(), pending.sequence()));
      } catch (RuntimeException e) {
        waiting.fail(e);
      }
    }
    try {
      people.keep(texts);
      List<Receipt> receipts = entries.isEmpty() ? List.of() : append(before, entries);
      return new Committed(pending, steps, receipts, null);
    } catch (RuntimeException e) {
      return new Committed(before, steps, List.of(), e);
    }
  }

  /// A group that is durable, or that failed as a whole.
  static final class Committed {
    private final State state;
    private final List<Step> steps;
    private final List<Receipt> receipts;
    private final @Nullable RuntimeException failure;

    private Committed(
        State state, List<Step> steps, List<Receipt> receipts, @Nullable RuntimeException failure) {
      this.state = state;
      this.steps = steps;
      this.receipts = receipts;
      this.failure = failure;
    }

    State state() {
      return state;
    }

    boolean failed() {
      return failure != null;
    }

    List<Decided.Erasure> erasures() {
      return failed()
          ? List.of()
          : steps.stream().flatMap(step -> step.decided.erasures().stream()).toList();
    }

    void tell() {
      int from = 0;
      for (Step step : steps) {
        if (failure != null) {
          step.waiting.fail(failure);
          continue;
        }
        List<Receipt> own = List.copyOf(receipts.subList(from, from + step.entries));
        from += step.entries;
        step.waiting.accept(new Accepted(step.sequence, own, step.decided.plan()));
      }
    }
  }

  /// Times never go back, so that a moment names one State.
  Instant now(State state) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return now.isBefore(state.at()) ? state.at() : now;
  }

  private static List<Entry> entries(Decided decided, Instant now, Actor actor, Fold fold) {
    List<Entry> entries = new ArrayList<>();
    for (EnvelopeCodec.Part part : EnvelopeCodec.write(now, actor, decided.events())) {
      entries.add(new Entry(part.bytes(), decided.bodiesOf(part.envelope().events())));
      fold.add(part.envelope(), decided.known());
    }
    return entries;
  }

  private List<Receipt> append(State before, List<Entry> entries) {
    List<Receipt> receipts = ledger.append(entries);
    if (receipts.getFirst().index() != before.sequence()) {
      throw new IllegalStateException(
          "somebody else wrote to the control ledger: expected entry "
              + before.sequence()
              + ", got "
              + receipts.getFirst().index());
    }
    return receipts;
  }

  /// @throws ApiException INVALID with every problem of a plan that has any
  static void refuse(Plan plan) {
    if (plan.refused()) {
      int shown = Math.min(50, plan.problems().size());
      StringBuilder message = new StringBuilder("nothing was applied:");
      plan.problems().subList(0, shown).forEach(p -> message.append('\n').append(p));
      if (plan.problems().size() > shown) {
        message.append("\nand ").append(plan.problems().size() - shown).append(" more");
      }
      throw new ApiException(ErrorCode.INVALID, message.toString());
    }
  }
}
