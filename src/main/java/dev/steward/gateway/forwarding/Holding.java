// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.part.UnreadableException;
import dev.steward.gateway.proposal.Proposing;
import dev.steward.gateway.reading.AnswerReader;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.rewrite.AnswerCalls;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.upstream.Reached;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds back the tool calls of one answer that policy denies. Where no policy about tools concerns
/// the caller it does nothing at all.
final class Holding {
  private static final System.Logger LOG = System.getLogger(Holding.class.getName());
  private static final Ruling PASS = new Ruling.Pass();

  private final @Nullable Proposing proposing;
  private final Operation operation;
  private final Framing framing;
  private final String provider;
  private final List<Ruling> rulings = new ArrayList<>();
  private AnswerCalls.@Nullable Stream stream;

  Holding(Optional<Proposing> proposing, Reached<Outgoing> reached, Framing framing) {
    this.proposing = proposing.orElse(null);
    this.operation = reached.from().operation();
    this.framing = framing;
    this.provider = reached.choice().provider().name();
  }

  /// Whether an answer must be whole before any of it can go on.
  boolean needsWhole() {
    return enforces() && framing == Framing.WHOLE && operation != Operation.STREAM_GENERATE;
  }

  boolean enforces() {
    return proposing != null && proposing.enforces();
  }

  /// The body as the agent gets it.
  byte[] whole(byte[] body) {
    if (!enforces()) {
      return body;
    }
    try {
      return AnswerCalls.whole(operation, body, judge());
    } catch (UnreadableException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.UPSTREAM_FAILED,
              "The answer of "
                  + provider
                  + " cannot be read, so its tool calls cannot be decided on: ask again."),
          e);
    }
  }

  /// What passes of the provider's stream goes through this first.
  Relay.Filter before(Relay.Filter next) {
    if (!enforces()) {
      return next;
    }
    AnswerCalls.Stream calls = AnswerCalls.stream(operation, framing, judge());
    stream = calls;
    return parts -> passed(calls.take(parts), next);
  }

  /// What is still owed when the provider has ended.
  byte[] end(Relay.Filter next) {
    return stream == null ? new byte[0] : passed(stream.end(), next);
  }

  private static byte[] passed(byte[] bytes, Relay.Filter next) {
    return bytes.length == 0 ? bytes : next.pass(bytes);
  }

  /// Keeps what was decided, and what the agent was told in place of what the model said.
  ///
  /// @param said bytes of the provider
  /// @param complete whether they came to their end
  void record(byte[] said, boolean complete, CallRecord record) {
    if (proposing == null) {
      return;
    }
    if (!proposing.enforces() && AnswerCalls.reads(operation, framing)) {
      look(said, complete);
    }
    proposing.tell(record);
    if (proposing.heldBack()) {
      Iterator<Ruling> again = rulings.iterator();
      byte[] told = reread(said, complete, call -> again.hasNext() ? again.next() : PASS);
      record.told(AnswerReader.read(operation, framing, told).messages());
    }
  }

  private void look(byte[] said, boolean complete) {
    try {
      reread(said, complete, judge());
    } catch (UnreadableException e) {
      LOG.log(Level.DEBUG, "an answer whose calls are only recorded cannot be read", e);
    }
  }

  private byte[] reread(byte[] said, boolean complete, Judge judge) {
    if (framing == Framing.WHOLE && operation != Operation.STREAM_GENERATE) {
      return AnswerCalls.whole(operation, said, judge);
    }
    AnswerCalls.Stream calls = AnswerCalls.stream(operation, framing, judge);
    ByteArrayOutputStream told = new ByteArrayOutputStream(said.length);
    told.writeBytes(calls.take(said));
    if (complete) {
      told.writeBytes(calls.end());
    }
    return told.toByteArray();
  }

  private Judge judge() {
    if (proposing == null) {
      throw new IllegalStateException("nothing is to be judged");
    }
    Judge judge = proposing.judge(provider);
    return call -> {
      Ruling ruling = judge.judge(call);
      rulings.add(ruling);
      return ruling;
    };
  }
}
