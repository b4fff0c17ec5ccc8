// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.approval.Approval;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.agent.AgentAsked;
import dev.steward.gateway.agent.AgentGateway;
import dev.steward.gateway.endpoint.RequestBody;
import dev.steward.gateway.entry.ResourceMetadata;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.signing.JwsKey;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way of A2A requests: to the agent that they are for, with its card in our name.
public final class A2aGateway {
  private static final String PATH = "/a2a/";
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final AgentGateway agents;
  private final Cards cards;
  private final A2aTasks tasks;
  private final JwsKey key;
  private final ResourceMetadata address;
  private final InstantSource clock;

  public A2aGateway(
      AgentGateway agents,
      Cards cards,
      A2aTasks tasks,
      JwsKey key,
      ResourceMetadata address,
      InstantSource clock) {
    this.agents = agents;
    this.cards = cards;
    this.tasks = tasks;
    this.key = key;
    this.address = address;
    this.clock = clock;
  }

  /// A request of JSON-RPC.
  public void rpc(Request head, String agent, byte[] body, Answer answer) throws IOException {
    forward(head, agent, body, A2aAsked.rpc(head, body), Binding.JSONRPC, query(head), answer);
  }

  /// A request over HTTP and JSON.
  ///
  /// @param rest of the path, encoded, without a slash before it
  public void rest(Request head, String agent, String rest, byte[] body, Answer answer)
      throws IOException {
    forward(
        head,
        agent,
        body,
        A2aAsked.rest(head, rest, body),
        Binding.REST,
        "/" + rest + query(head),
        answer);
  }

  /// The agent's card.
  public void card(Request head, String agent, Answer answer) throws IOException {
    A2aForm form = new A2aForm(cards, tasks, Binding.REST, "", A2aAsked.NOTHING);
    try {
      Caller callee = agents.seen(head, agent);
      Endpoint endpoint = AgentGateway.endpoint(callee);
      String base = address.base(head);
      byte[] card =
          CanonicalJson.bytes(
              OwnCard.of(
                  cards.of(endpoint, agents.secret(endpoint)),
                  base + PATH + agent,
                  base + JwsKey.PATH,
                  key));
      String tag = "\"" + Digest.of(new String(card, StandardCharsets.UTF_8)).hex() + "\"";
      List<Header> headers = new ArrayList<>();
      headers.add(new Header("Content-Type", "application/json"));
      headers.add(new Header("Cache-Control", "private, max-age=60"));
      headers.add(new Header("ETag", tag));
      boolean same = head.header("If-None-Match").filter(tag::equals).isPresent();
      answer.whole(same ? NOT_MODIFIED : OK, headers, same ? new byte[0] : card);
    } catch (RefusedException e) {
      form.refusal(e.refusal()).to(answer);
    }
  }

  private void forward(
      Request head,
      String agent,
      byte[] body,
      A2aAsked asked,
      Binding binding,
      String target,
      Answer answer)
      throws IOException {
    Optional<A2aError> error = asked.error();
    Optional<A2aTasks.Known> known = Optional.empty();
    Optional<Caller> caller = agents.caller(head);
    if (error.isEmpty() && caller.isPresent()) {
      String environment = caller.get().environment();
      known =
          tasks
              .task(agent, environment, asked.task())
              .or(() -> tasks.context(agent, environment, asked.context()));
      String own = caller.get().agent().name();
      if (known.isPresent() && !known.get().caller().equals(own)) {
        error = Optional.of(A2aError.taskNotFound());
      } else if (known.isEmpty() && asked.lists()) {
        error =
            Optional.of(
                A2aError.unsupported(
                    "To its agent all callers are one, so tasks are listed of one context alone:"
                        + " name the 'contextId' of one that this client began."));
      }
    }
    String approval = PendingTask.approval(asked.task());
    if (error.isEmpty() && !approval.isEmpty() && caller.isPresent()) {
      Optional<Approval> pending = agents.approval(caller.get(), agent, approval);
      if (pending.isPresent() && asked.operation().equals("GetTask")) {
        answer.whole(
            OK,
            binding.headers(),
            PendingTask.asked(binding, asked, pending.get(), clock.instant()));
        return;
      }
      error = Optional.of(A2aError.taskNotFound());
    }
    if (error.isPresent()) {
      answer.whole(
          binding.status(error.get()), binding.headers(), binding.body(error.get(), asked.id()));
      return;
    }
    agents.answer(
        new AgentAsked(
            decompressed(head),
            agent,
            asked.operation(),
            RequestBody.of(body),
            known.map(A2aTasks.Known::conversation).orElse(asked.context()),
            asked.sends(),
            known.isPresent() && asked.follows(),
            new A2aForm(cards, tasks, binding, target, asked)),
        answer);
  }

  private static Request decompressed(Request head) {
    List<Header> headers = new ArrayList<>();
    for (Header header : head.headers()) {
      if (!header.name().equalsIgnoreCase("content-encoding")) {
        headers.add(header);
      }
    }
    return new Request(head.method(), head.path(), head.query(), headers, new byte[0]);
  }

  private static String query(Request head) {
    return head.query().isEmpty() ? "" : "?" + head.query();
  }
}
