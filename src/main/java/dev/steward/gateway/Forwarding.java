// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.reading.AnswerReader;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Relayed;
import dev.steward.gateway.relay.Relayed.Ending;
import dev.steward.gateway.upstream.Keys;
import dev.steward.gateway.upstream.OutgoingCall;
import dev.steward.gateway.upstream.Reached;
import dev.steward.gateway.upstream.Routing;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamRequest;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Errors;
import dev.steward.gateway.wire.Framing;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Sends a call to its provider and passes the answer back.
public final class Forwarding {
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

  private final Routing routing;
  private final Keys keys;
  private final Relay relay;

  public Forwarding(Routing routing, Keys keys, Relay relay) {
    this.routing = routing;
    this.keys = keys;
    this.relay = relay;
  }

  void forward(Call call, Answer answer, CallRecord record) throws IOException {
    try (Reached<Outgoing> reached =
        routing.reach(call.chain(), new Making(call), call.cuttable(), record)) {
      pass(call, reached, answer, record);
    }
  }

  /// The request for one provider of the chain.
  private final class Making implements Routing.Making<Outgoing> {
    private final Call call;

    private Making(Call call) {
      this.call = call;
    }

    @Override
    public Outgoing of(ModelChoice choice) {
      return Outgoing.of(call, choice);
    }

    @Override
    public UpstreamRequest request(ModelChoice choice, Outgoing made) {
      return OutgoingCall.of(
          call.request(),
          call.endpoint(),
          choice.provider(),
          choice.model(),
          made.body().bytes(),
          keys.of(choice.provider().secret()));
    }
  }

  private void pass(Call call, Reached<Outgoing> reachedBy, Answer answer, CallRecord record)
      throws IOException {
    UpstreamAnswer reached = reachedBy.answer();
    ModelChoice choice = reachedBy.choice();
    String type = Header.first(reached.headers(), "content-type").orElse("");
    Framing framing = Framing.of(type);
    record.status(reached.status());
    Operation operation = call.endpoint().operation();
    try (OutputStream out =
        answer.begin(reached.status(), headers(reached, call, framing), length(reached, framing))) {
      Relayed relayed =
          relay.pass(
              reached.body(),
              out,
              framing,
              reachedBy.from().filter(),
              choice.provider().reach().idle(),
              call.cuttable(),
              bytes -> {});
      record.firstByte(relayed.firstByte());
      record.answered(AnswerReader.read(operation, framing, relayed.copy()));
      end(relayed.ending(), operation, framing, choice, out, record);
    }
  }

  private static void end(
      Ending ending,
      Operation operation,
      Framing framing,
      ModelChoice choice,
      OutputStream out,
      CallRecord record)
      throws IOException {
    switch (ending) {
      case Ending.Complete _ -> {}
      case Ending.ClientGone _ -> record.note("client-gone");
      case Ending.Cut _ -> tell(refusal(Cuttable.Why.KILLED), operation, framing, out, record);
      case Ending.UpstreamBroke(String reason, boolean late) -> {
        Refusal refusal =
            Refusal.of(
                late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED,
                "The model provider "
                    + choice.provider().name()
                    + " broke off its answer ("
                    + reason
                    + "); what came of it is above. Ask again.");
        tell(refusal, operation, framing, out, record);
      }
    }
  }

  private static void tell(
      Refusal refusal, Operation operation, Framing framing, OutputStream out, CallRecord record)
      throws IOException {
    record.refused(refusal);
    if (framing != Framing.WHOLE || operation == Operation.STREAM_GENERATE) {
      out.write(Errors.event(operation, framing == Framing.SSE, refusal));
      out.flush();
    } else {
      // The client expects bytes that will not come: only a broken connection tells it.
      throw new IOException(refusal.message());
    }
  }

  /// What the client is told when somebody ended its call.
  static Refusal refusal(Cuttable.Why why) {
    return switch (why) {
      case KILLED, CLIENT_GONE ->
          Refusal.of(Refusal.Kind.KILLED, "An operator has stopped this call.");
      case STOPPING ->
          Refusal.of(Refusal.Kind.STOPPING, "The gateway is being stopped: ask again.");
      case UPSTREAM_IDLE ->
          Refusal.of(Refusal.Kind.UPSTREAM_LATE, "The model provider sent nothing for too long.");
    };
  }

  private static long length(UpstreamAnswer reached, Framing framing) {
    return framing == Framing.WHOLE ? reached.length() : Answer.UNTIL_CLOSED;
  }

  private static List<Header> headers(UpstreamAnswer reached, Call call, Framing framing) {
    List<Header> headers = new ArrayList<>();
    for (Header header : reached.headers()) {
      if (!OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(header);
      }
    }
    headers.add(new Header("x-steward-run", call.place().run()));
    headers.add(new Header("x-steward-decision", "allow"));
    if (framing == Framing.SSE) {
      headers.add(new Header("X-Accel-Buffering", "no"));
    }
    return headers;
  }
}
