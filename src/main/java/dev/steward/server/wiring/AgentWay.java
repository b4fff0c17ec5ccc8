// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.live.EndpointHealth;
import dev.steward.control.state.State;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.a2a.A2aGateway;
import dev.steward.gateway.a2a.A2aTasks;
import dev.steward.gateway.a2a.Cards;
import dev.steward.gateway.agent.AgentGateway;
import dev.steward.gateway.credential.SecretKeys;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.endpoint.Endpoints;
import dev.steward.gateway.entry.ResourceMetadata;
import dev.steward.gateway.health.EndpointGates;
import dev.steward.gateway.retrieval.RetrievalGateway;
import dev.steward.gateway.signing.JwsKey;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.ledger.note.SigningKey;
import dev.steward.server.agent.A2aRoutes;
import dev.steward.server.agent.RetrievalRoutes;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.folder.StartRefused;
import dev.steward.server.section.AgentsConfig;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The way of calls of agents, put together.
///
/// @param data of data sources as versions read them
/// @param endpoints how the endpoints of agents answer
record AgentWay(
    AgentGateway gateway, A2aRoutes a2a, RetrievalRoutes data, EndpointHealth endpoints) {

  /// What says on whose behalf agents act, for calls of tools and of agents.
  ///
  /// @param key by which Steward signs for agents
  record Delegation(JwsKey key, Chains chains) {
    private static final String NAME = "agents";

    static Delegation open(
        DataFolder folder, InstantSource clock, SecureRandom random, Closing closing) {
      try {
        JwsKey key = new JwsKey(SigningKey.open(folder.signingKey(NAME), NAME, random));
        Diary diary = closing.add(FileDiary.open(folder.chains(), Chains.REMEMBERED_MAX));
        return new Delegation(
            key, new Chains(new ChainTokens(key, clock), diary, Chains.REMEMBERED_MAX));
      } catch (IOException e) {
        throw new StartRefused("the key that signs for agents cannot be used: " + e, e);
      }
    }
  }

  /// @param shared with the ways of model and tool calls: a run is one, whatever it calls
  static AgentWay open(
      ServerConfig server,
      DataFolder folder,
      Supplier<State> state,
      Live live,
      ModelGateway.Shared shared,
      Delegation delegation,
      InstantSource clock,
      Closing closing) {
    AgentsConfig config = server.agents();
    EndpointGates gates = new EndpointGates(state, clock);
    Endpoints endpoints = new Endpoints(gates, new SecretKeys(live.store()));
    AgentGateway gateway =
        new AgentGateway(
            state,
            shared.places(),
            live.flights(),
            new LoopStep(shared.loops()),
            shared.runs(),
            delegation.chains(),
            config.depth(),
            live.asking(),
            endpoints,
            shared.relay(),
            shared.recorder(),
            clock);
    closing.add(gateway.copies());
    A2aGateway a2a =
        new A2aGateway(
            gateway,
            new Cards(new HttpUpstream(), clock),
            new A2aTasks(closing.add(FileDiary.open(folder.agentTasks(), A2aTasks.REMEMBERED_MAX))),
            delegation.key(),
            new ResourceMetadata(config.url(), server.http().tls(), List.of()),
            clock);
    RetrievalGateway retrieval =
        new RetrievalGateway(
            state,
            shared.places(),
            delegation.chains(),
            live.flights(),
            endpoints,
            shared.relay(),
            shared.recorder(),
            clock);
    long limit = config.requestLimit().bytes();
    return new AgentWay(
        gateway,
        new A2aRoutes(a2a, delegation.key(), limit),
        new RetrievalRoutes(retrieval, limit),
        gates);
  }
}
