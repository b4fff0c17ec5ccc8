// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.credential.KeyMask;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.flight.Stop;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.translate.Translator;
import dev.steward.gateway.upstream.OutgoingCall;
import dev.steward.gateway.upstream.Reached;
import dev.steward.gateway.upstream.Routing;
import dev.steward.gateway.upstream.UpstreamRequest;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Sends a call to a provider of its chain and passes the answer back.
public final class Forwarding {
  private final Routing routing;
  private final Keys keys;
  private final Relay relay;
  private final Translator translator;
  private final InstantSource clock;
  private final LargeAnswers large = LargeAnswers.ofHeap();

  public Forwarding(Routing routing, Keys keys, Relay relay, InstantSource clock) {
    this.routing = routing;
    this.keys = keys;
    this.relay = relay;
    this.translator = new Translator(clock);
    this.clock = clock;
  }

  public void forward(
      Call call, Answer answer, CallRecord record, Stopping stopping, Settling settling)
      throws IOException {
    Making making = new Making(call, stopping);
    try (Reached<Outgoing> reached = routing.reach(call.chain(), making, call.cuttable(), record)) {
      new Delivery(call, reached, KeyMask.of(making.key), answer, record, large)
          .run(relay, stopping, settling, clock);
    }
  }

  /// The request for one provider of the chain.
  private final class Making implements Routing.Making<Outgoing> {
    private final Call call;
    private final Stopping stopping;

    /// That of the last request, which is the one that was answered.
    private String key = "";

    private Making(Call call, Stopping stopping) {
      this.call = call;
      this.stopping = stopping;
    }

    @Override
    public Outgoing of(ModelChoice choice) {
      call.flight().concerns(call.subject(choice));
      Optional<Stop> stop = call.flight().cut();
      if (stop.isPresent()) {
        throw new RefusedException(stopping.of(stop.get()));
      }
      return Outgoing.of(call, choice, translator);
    }

    @Override
    public UpstreamRequest request(ModelChoice choice, Outgoing made) {
      key = keys.of(choice.provider().secret());
      return OutgoingCall.of(
          call.request(),
          call.endpoint(),
          made.operation(),
          choice.provider(),
          choice.model(),
          made.body(),
          key);
    }
  }
}
