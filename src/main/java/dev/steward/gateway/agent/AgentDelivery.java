// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Relayed;
import dev.steward.gateway.relay.Relayed.Ending;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/// Brings an endpoint's answer to the client, as it comes and byte for byte.
final class AgentDelivery {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Relay relay;

  AgentDelivery(Relay relay) {
    this.relay = relay;
  }

  /// @param ours headers that are put beside the endpoint's
  /// @param killed what is told when the call is cut in the middle
  void deliver(
      AgentForwarding.Way way,
      AgentForwarding.Reached reached,
      List<Header> ours,
      AgentForm.Owner owner,
      Answer answer,
      AgentRecord record,
      Supplier<Refusal> killed)
      throws IOException {
    AgentAsked asked = way.asked();
    UpstreamAnswer from = reached.answer().orElseThrow();
    record.status(from.status());
    List<Header> headers = PassedHeaders.answered(from.headers());
    headers.addAll(ours);
    if (bodiless(asked, from)) {
      reached.visit().answered();
      answer.whole(from.status(), headers, new byte[0]);
      return;
    }
    Framing framing = framing(from);
    boolean events = framing == Framing.SSE;
    Relay.Filter reading =
        asked.form().reading(new AgentForm.Answering(from.status(), events, owner));
    OutputStream out =
        answer.begin(from.status(), headers, events ? Answer.UNTIL_CLOSED : from.length());
    Relayed relayed =
        relay.pass(
            from.body(),
            out,
            framing,
            reading,
            Callees.endpoint(way.callee()).reach().idle(),
            way.cuttable(),
            _ -> {},
            events ? () -> asked.form().event(killed.get()) : null);
    tell(relayed.ending(), reached.visit());
    ended(asked, relayed, events, out, record, killed);
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
      AgentAsked asked,
      Relayed relayed,
      boolean events,
      OutputStream out,
      AgentRecord record,
      Supplier<Refusal> killed)
      throws IOException {
    switch (relayed.ending()) {
      case Ending.Complete _ -> out.close();
      case Ending.ClientGone _ -> record.failed("client-gone");
      case Ending.UpstreamBroke(String reason, boolean late) -> {
        record.failed(late ? "upstream-late" : "upstream-broke");
        if (events) {
          out.write(
              asked
                  .form()
                  .event(
                      Refusal.of(
                          late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED,
                          "The agent " + asked.agent() + " broke off its answer: " + reason)));
          out.close();
        } else {
          throw new IOException("the agent " + asked.agent() + " broke off: " + reason);
        }
      }
      case Ending.Cut(boolean told) -> {
        record.refused(killed.get());
        if (events && !told) {
          out.write(asked.form().event(killed.get()));
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

  private static boolean bodiless(AgentAsked asked, UpstreamAnswer from) {
    return asked.head().method().equals("HEAD")
        || from.status() == NO_CONTENT
        || from.status() == NOT_MODIFIED;
  }
}
