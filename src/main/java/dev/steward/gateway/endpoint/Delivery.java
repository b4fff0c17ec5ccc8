// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.record.AnswerOutcome;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Relayed;
import dev.steward.gateway.relay.Relayed.Ending;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Brings an endpoint's answer to the client, as it comes and byte for byte.
public final class Delivery {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Relay relay;

  public Delivery(Relay relay) {
    this.relay = relay;
  }

  /// How an answer is told to its client and to its record.
  ///
  /// @param ours headers that are put beside the endpoint's
  /// @param reading reads along; it is told the status and whether events come
  /// @param event what ends a stream of events that was begun
  /// @param killed what is told when the call is cut in the middle
  public record Telling(
      List<Header> ours,
      BiFunction<Integer, Boolean, Relay.Filter> reading,
      Function<Refusal, byte[]> event,
      Supplier<Refusal> killed,
      AnswerOutcome outcome) {}

  /// @throws RefusedException its trouble, where nothing answered
  public void deliver(
      Outgoing call, Reached reached, Cuttable cuttable, Telling telling, Answer answer)
      throws IOException {
    if (reached.answer().isEmpty()) {
      throw new RefusedException(reached.trouble().orElseThrow());
    }
    UpstreamAnswer from = reached.answer().get();
    telling.outcome().status(from.status());
    List<Header> headers = PassedHeaders.answered(from.headers());
    headers.addAll(telling.ours());
    if (bodiless(call, from)) {
      reached.visit().answered();
      answer.whole(from.status(), headers, new byte[0]);
      return;
    }
    Framing framing = framing(from);
    boolean events = framing == Framing.SSE;
    if (events) {
      // It may go on for hours, while others want to know whether the endpoint is back.
      reached.visit().answered();
    }
    Relay.Filter reading = telling.reading().apply(from.status(), events);
    OutputStream out =
        answer.begin(from.status(), headers, events ? Answer.UNTIL_CLOSED : from.length());
    Relayed relayed =
        relay.pass(
            from.body(),
            out,
            framing,
            reading,
            call.endpoint().reach().idle(),
            cuttable,
            _ -> {},
            events ? () -> telling.event().apply(telling.killed().get()) : null);
    tell(relayed.ending(), reached.visit());
    ended(call, relayed, events, out, telling);
  }

  /// Says how its answer went, where that tells something of the endpoint.
  private static void tell(Ending ending, Visit visit) {
    switch (ending) {
      case Ending.Complete _ -> visit.answered();
      case Ending.UpstreamBroke(String reason, _) ->
          visit.failed("It broke off an answer: " + reason);
      case Ending.ClientGone _, Ending.Cut _ -> {}
    }
  }

  private static void ended(
      Outgoing call, Relayed relayed, boolean events, OutputStream out, Telling telling)
      throws IOException {
    AnswerOutcome outcome = telling.outcome();
    switch (relayed.ending()) {
      case Ending.Complete _ -> out.close();
      case Ending.ClientGone _ -> outcome.failed("client-gone");
      case Ending.UpstreamBroke(String reason, boolean late) -> {
        outcome.failed(late ? "upstream-late" : "upstream-broke");
        Refusal why =
            Refusal.of(
                late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED,
                call.who() + " broke off its answer: " + reason);
        if (!events) {
          throw new IOException(why.message());
        }
        out.write(telling.event().apply(why));
        out.close();
      }
      case Ending.Cut(boolean told) -> {
        Refusal why = telling.killed().get();
        outcome.refused(why);
        if (events && !told) {
          out.write(telling.event().apply(why));
          out.close();
        } else if (!told) {
          throw new IOException("the call was cut");
        }
      }
    }
  }

  private static Framing framing(UpstreamAnswer from) {
    String type = Header.first(from.headers(), "content-type").orElse("");
    boolean plain =
        Header.first(from.headers(), "content-encoding")
            .map(String::strip)
            .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity"))
            .isEmpty();
    return plain && Framing.of(type) == Framing.SSE ? Framing.SSE : Framing.WHOLE;
  }

  private static boolean bodiless(Outgoing call, UpstreamAnswer from) {
    return call.method().equals("HEAD")
        || from.status() == NO_CONTENT
        || from.status() == NOT_MODIFIED;
  }
}
