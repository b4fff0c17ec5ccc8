// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.domain.Cost;
import dev.steward.gateway.credential.KeyMask;
import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.reading.AnswerReader;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Relayed;
import dev.steward.gateway.relay.Relayed.Ending;
import dev.steward.gateway.translate.Answers;
import dev.steward.gateway.upstream.Reached;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.ClientGoneException;
import dev.steward.gateway.wire.Dialect;
import dev.steward.gateway.wire.Errors;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings one provider's answer to the client: a stream as it comes, a body when it is whole, so
/// that one which breaks off can still become an error that the client understands.
final class Delivery {
  /// The largest body that is put into another dialect.
  private static final int TRANSLATED_BYTES_MAX = 16 << 20;

  /// Headers of one connection; all others reach the client.
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "content-length");

  private final Call call;
  private final Reached<Outgoing> reached;
  private final UpstreamBody body;
  private final KeyMask mask;
  private final Answer answer;
  private final CallRecord record;
  private final Operation operation;
  private final Framing framing;
  private final @Nullable TranslatedStream translated;
  private final Holding holding;
  private final LargeAnswers large;

  /// @param mask of the key that the provider was called with
  Delivery(
      Call call,
      Reached<Outgoing> reached,
      KeyMask mask,
      Answer answer,
      CallRecord record,
      LargeAnswers large) {
    this.call = call;
    this.reached = reached;
    this.body = new UpstreamBody(reached, call.cuttable());
    this.mask = mask;
    this.answer = answer;
    this.record = record;
    this.large = large;
    this.operation = call.endpoint().operation();
    this.framing = framing(reached, call.asked().streams());
    this.translated =
        framing == Framing.SSE
            ? reached.from().answers().map(TranslatedStream::new).orElse(null)
            : null;
    this.holding = new Holding(call.proposing(), reached, framing);
  }

  /// What the content type says; a stream without one is in the framing of its dialect.
  private static Framing framing(Reached<Outgoing> reached, boolean streams) {
    Optional<String> type = Header.first(reached.answer().headers(), "content-type");
    Operation operation = reached.from().operation();
    boolean told = type.isPresent() || !streams || reached.answer().status() >= 400;
    if (told || operation == Operation.STREAM_GENERATE) {
      return Framing.of(type.orElse(""));
    }
    return operation.dialect() == Dialect.BEDROCK ? Framing.EVENT_STREAM : Framing.SSE;
  }

  void run(Relay relay, Stopping stopping, Settling settling, InstantSource clock)
      throws IOException {
    UpstreamAnswer from = reached.answer();
    record.status(from.status());
    boolean streams = call.asked().streams() && reached.from().answers().isEmpty();
    if (!failed() && (framing != Framing.WHOLE || (streams && !holding.needsWhole()))) {
      stream(from.body(), Answer.UNTIL_CLOSED, relay, stopping, settling);
      return;
    }
    byte[] read = body.read();
    byte[] said = failed() ? mask.without(read) : read;
    record.firstByte(clock.instant());
    if (read.length < UpstreamBody.HELD_BYTES_MAX) {
      whole(said, settling);
    } else if (!failed() && (holding.needsWhole() || reached.from().answers().isPresent())) {
      try (LargeAnswers.Room _ = large.take(from.length(), call.cuttable())) {
        whole(large(said), settling);
      }
    } else {
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(said), from.body());
      stream(all, failed() ? Answer.UNTIL_CLOSED : from.length(), relay, stopping, settling);
    }
  }

  private void whole(byte[] said, Settling settling) throws IOException {
    record.answered(AnswerReader.read(reached.from().operation(), framing, said));
    byte[] left = failed() ? said : holding.whole(said);
    settle(said, true, settling);
    whole(reached.answer().status(), left, record.cost());
  }

  /// What was decided and charged is known before the client has its last byte.
  private void settle(byte[] said, boolean complete, Settling settling) {
    if (!failed()) {
      holding.record(said, complete, record);
    }
    settling.settle(record);
  }

  private void whole(int status, byte[] body, @Nullable Cost cost) throws IOException {
    List<Header> headers = headers();
    headers.add(new Header("x-steward-cost", words(cost)));
    if (reached.from().answers().isPresent()) {
      Answers.Whole said = reached.from().answers().get().whole(status, body);
      record.status(said.status());
      answer.whole(said.status(), headers, said.body());
    } else {
      answer.whole(status, headers, body);
    }
  }

  private static String words(@Nullable Cost cost) {
    return cost instanceof Cost.Known known
        ? known.amount().toPlainString() + " " + known.currency()
        : "unknown";
  }

  /// Whether the provider says what is wrong; that is masked, and so is read as a whole.
  private boolean failed() {
    return reached.answer().status() >= 400;
  }

  /// All of a body that must be whole, though it is large.
  private byte[] large(byte[] beginning) {
    boolean translates = reached.from().answers().isPresent();
    int bytesMax = translates ? TRANSLATED_BYTES_MAX : LargeAnswers.BYTES_MAX;
    return body.with(beginning, bytesMax)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    Refusal.Kind.DENIED,
                    "The answer is larger than "
                        + (bytesMax >> 20)
                        + " MB, so "
                        + (translates
                            ? "it cannot be put into the dialect of the request"
                            : "its tool calls cannot be looked at before the agent gets it")
                        + ": ask for less, or stream it.")));
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private void stream(
      InputStream from, long length, Relay relay, Stopping stopping, Settling settling)
      throws IOException {
    Relay.Filter next = translated == null ? reached.from().filter() : translated;
    OutputStream out = answer.begin(reached.answer().status(), headers(), length);
    Relayed relayed =
        relay.pass(
            from,
            out,
            framing,
            failed() ? next : holding.before(next),
            reached.choice().provider().reach().idle(),
            call.cuttable(),
            parts -> call.flight().tokens(parts),
            canBeTold() ? () -> lastWords(stopping) : null);
    record.firstByte(relayed.firstByte());
    if (relayed.ending() instanceof Ending.Cut) {
      // Whoever stops it waits for its last byte, and its client's next call is refused anyway.
      try {
        end(relayed.ending(), out, stopping);
        // Others that were cut with it have their last byte before this one is booked.
        Thread.yield();
      } finally {
        settle(relayed, settling);
      }
    } else {
      boolean complete = relayed.ending() instanceof Ending.Complete;
      byte[] owed = complete ? holding.end(next) : new byte[0];
      settle(relayed, settling);
      out.write(owed);
      end(relayed.ending(), out, stopping);
    }
  }

  private byte[] lastWords(Stopping stopping) {
    return Errors.event(
        operation, framing == Framing.SSE, stopping.of(call.flight(), Cuttable.Why.KILLED));
  }

  private void settle(Relayed relayed, Settling settling) {
    record.answered(AnswerReader.read(reached.from().operation(), framing, relayed.copy()));
    settle(relayed.copy(), relayed.ending() instanceof Ending.Complete, settling);
  }

  private void end(Ending ending, OutputStream out, Stopping stopping) throws IOException {
    switch (ending) {
      case Ending.Complete _ -> {
        reached.place().ended();
        if (translated != null) {
          out.write(translated.end());
        }
        out.close();
      }
      case Ending.ClientGone _ -> {
        record.note("client-gone");
        throw new ClientGoneException();
      }
      case Ending.Cut(boolean told) -> {
        Refusal refusal = stopping.of(call.flight(), Cuttable.Why.KILLED);
        if (told) {
          record.refused(refusal);
        } else {
          tell(refusal, out);
        }
      }
      case Ending.UpstreamBroke(String reason, boolean late) ->
          tell(body.brokeOff(reason, late), out);
    }
  }

  private void tell(Refusal refusal, OutputStream out) throws IOException {
    record.refused(refusal);
    if (!canBeTold()) {
      // The client waits for bytes that will not come: only a broken connection tells it.
      throw new IOException(refusal.message());
    }
    out.write(
        translated == null
            ? Errors.event(operation, framing == Framing.SSE, refusal)
            : translated.failed(refusal.message()));
    out.close();
  }

  private boolean canBeTold() {
    return framing != Framing.WHOLE || operation == Operation.STREAM_GENERATE;
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    for (Header header : reached.answer().headers()) {
      if (!OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(failed() ? new Header(header.name(), mask.without(header.value())) : header);
      }
    }
    if (reached.from().answers().isPresent() && framing == Framing.WHOLE) {
      headers.removeIf(header -> header.name().equalsIgnoreCase("content-type"));
      headers.add(new Header("Content-Type", "application/json"));
    }
    headers.add(new Header("x-steward-run", call.place().run()));
    headers.add(new Header("x-steward-decision", "allow"));
    if (framing == Framing.SSE) {
      headers.add(new Header("X-Accel-Buffering", "no"));
    }
    return headers;
  }
}
