// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.CallRecord.Attempt;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds a provider that answers: each model of the chain in turn, each tried again after a wait
/// where its failure may pass. What the last one says reaches the client as it is.
public final class Routing {
  /// A provider that asks for a longer wait is not waited for; the client is told instead.
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  private final Upstream upstream;
  private final ProviderGates gates;
  private final Backoff backoff;
  private final UpstreamEvents events;
  private final InstantSource clock;

  public Routing(
      Upstream upstream,
      ProviderGates gates,
      UpstreamEvents events,
      InstantSource clock,
      RandomGenerator random) {
    this.upstream = upstream;
    this.gates = gates;
    this.events = events;
    this.clock = clock;
    this.backoff = new Backoff(random);
  }

  /// Makes the request for one provider.
  public interface Making<T> {
    /// What the request is for this provider.
    T of(ModelChoice choice);

    UpstreamRequest request(ModelChoice choice, T made);
  }

  /// @throws RefusedException when none of them gives an answer
  public <T> Reached<T> reach(
      List<ModelChoice> chain, Making<T> making, Cuttable call, CallRecord record)
      throws IOException {
    Refusal last = null;
    Iterator<ModelChoice> choices = chain.iterator();
    while (choices.hasNext()) {
      ModelChoice choice = choices.next();
      Trying<T> trying = new Trying<>(choice, making, call, record, !choices.hasNext(), last);
      Reached<T> reached = trying.run();
      if (reached != null) {
        record.choice(choice);
        return reached;
      }
      last = trying.reason();
      if (choices.hasNext()) {
        events.passedOver(choice);
      }
    }
    throw new RefusedException(
        last == null ? Refusal.of(Refusal.Kind.UPSTREAM_FAILED, "no model is listed") : last);
  }

  /// All tries of one model.
  private final class Trying<T> {
    private final ModelChoice choice;
    private final ModelProvider provider;
    private final Making<T> making;
    private final Cuttable call;
    private final CallRecord record;
    private final boolean lastChoice;
    private final @Nullable Refusal before;
    private Refusal reason = Refusal.of(Refusal.Kind.UPSTREAM_FAILED, "the provider was not asked");

    private Trying(
        ModelChoice choice,
        Making<T> making,
        Cuttable call,
        CallRecord record,
        boolean lastChoice,
        @Nullable Refusal before) {
      this.before = before;
      this.choice = choice;
      this.provider = choice.provider();
      this.making = making;
      this.call = call;
      this.record = record;
      this.lastChoice = lastChoice;
    }

    private Refusal reason() {
      return reason;
    }

    private @Nullable Reached<T> run() throws IOException {
      T made;
      try {
        made = making.of(choice);
      } catch (RefusedException e) {
        tried(e.refusal().kind().word(), 0);
        reason = before == null ? e.refusal() : before;
        return null;
      }
      int attempts = provider.reach().attempts();
      for (int tried = 1; tried <= attempts; tried++) {
        boolean last = tried == attempts;
        ProviderGate gate = gates.of(provider);
        ProviderGate.Entry entry = gate.enter();
        if (entry != ProviderGate.Entry.FREE) {
          closed(entry);
          return null;
        }
        Reached<T> reached = send(made, gate);
        Duration wait = backoff.after(tried);
        if (reached != null) {
          Optional<Duration> said = Backoff.said(reached.answer().headers(), clock.instant());
          boolean soon = said.isEmpty() || said.get().compareTo(WAIT_MAX) <= 0;
          boolean again = retryable(reached.answer().status()) && soon && !last;
          boolean next = retryable(reached.answer().status()) && !again && !lastChoice;
          if (!again && !next) {
            return reached;
          }
          reached.close();
          if (next) {
            return null;
          }
          wait = said.orElse(wait);
        } else if (last) {
          return null;
        }
        pause(wait);
      }
      return null;
    }

    private @Nullable Reached<T> send(T made, ProviderGate gate) throws IOException {
      long begun = System.nanoTime();
      boolean told = false;
      boolean kept = false;
      try {
        UpstreamAnswer answer = call.waiting(() -> upstream.send(making.request(choice, made)));
        long took = System.nanoTime() - begun;
        if (answer.status() >= 500) {
          gate.failed(took, new IOException("status " + answer.status()));
        } else {
          gate.answered(took);
        }
        told = true;
        events.answered(choice, answer.status(), Duration.ofNanos(took));
        tried(Integer.toString(answer.status()), took);
        reason =
            Refusal.of(
                Refusal.Kind.UPSTREAM_FAILED,
                "The model provider " + provider.name() + " answered " + answer.status() + ".");
        kept = true;
        return new Reached<>(
            choice, made, answer, new Place(choice, gate, begun, answer.status() < 400));
      } catch (UpstreamException e) {
        long took = System.nanoTime() - begun;
        gate.failed(took, e);
        told = true;
        events.failed(choice, String.valueOf(e.getMessage()));
        tried(e.what().name().toLowerCase(java.util.Locale.ROOT), took);
        boolean late = e.what() == UpstreamException.Cause.LATE;
        reason =
            Refusal.of(
                late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED,
                String.valueOf(e.getMessage()));
        return null;
      } catch (CutException e) {
        tried("cut", System.nanoTime() - begun);
        throw e;
      } finally {
        if (!told) {
          gate.undecided();
        }
        if (!kept) {
          gate.leave();
        }
      }
    }

    private void closed(ProviderGate.Entry entry) {
      boolean open = entry == ProviderGate.Entry.OPEN;
      tried(open ? "circuit-open" : "busy", 0);
      reason =
          open
              ? Refusal.of(
                  Refusal.Kind.CIRCUIT_OPEN,
                  "The model provider "
                      + provider.name()
                      + " has failed too often and is left alone for some seconds: ask again then,"
                      + " or add a fallback to the version's models.")
              : Refusal.of(
                  Refusal.Kind.BUSY,
                  "The model provider "
                      + provider.name()
                      + " is answering "
                      + provider.reach().concurrency()
                      + " calls already: ask again later, or raise its 'concurrency'.");
    }

    private void tried(String outcome, long nanos) {
      record.tried(new Attempt(provider.name(), choice.model(), outcome, nanos / 1_000_000));
    }

    private void pause(Duration wait) throws IOException {
      call.waiting(() -> {
        Thread.sleep(wait);
        return wait;
      });
    }
  }

  /// The place of a call that is being answered.
  private final class Place implements Reached.Place {
    private final ModelChoice choice;
    private final ProviderGate gate;
    private final long begun;
    private final boolean good;

    private Place(ModelChoice choice, ProviderGate gate, long begun, boolean good) {
      this.choice = choice;
      this.gate = gate;
      this.begun = begun;
      this.good = good;
    }

    @Override
    public void ended() {
      // An error is soon told: how long it took says nothing of answers.
      if (good) {
        events.ended(choice, Duration.ofNanos(System.nanoTime() - begun));
      }
    }

    @Override
    public void brokeOff(String reason) {
      events.brokeOff(choice, reason);
    }

    @Override
    public void leave() {
      gate.leave();
    }
  }

  /// Failures that may pass: too many calls, a timeout, a conflict, and what is the server's fault.
  private static boolean retryable(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }
}
