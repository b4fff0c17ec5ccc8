// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.endpoint.OwnAnswer;
import dev.steward.gateway.endpoint.PathBelow;
import dev.steward.gateway.endpoint.PlainHttp;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.Request;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Plain HTTP: the rest of the path and the query go behind the endpoint's url, and refusals are
/// problem documents (RFC 9457).
public final class PlainForm implements AgentForm {
  private static final int WAITS = 403;
  private static final String RETRY_SECONDS = "5";

  private final Request head;
  private final PlainHttp http;

  /// @param head whose path is `/agents/{agent}` and more
  public PlainForm(Request head) {
    this.head = head;
    this.http = new PlainHttp(head, "The agent was not reached");
  }

  @Override
  public String uri(Endpoint endpoint, String secret) {
    return http.uri(endpoint);
  }

  @Override
  public boolean copied(AgentAsked asked) {
    return true;
  }

  @Override
  public OwnAnswer refusal(Refusal refusal) {
    return http.refusal(refusal);
  }

  /// @throws dev.steward.gateway.wire.RefusedException MALFORMED where the path leaves the
  ///   endpoint's url: nobody need agree to that
  @Override
  public ObjectNode wish(byte[] body) {
    PathBelow.require(http.rest());
    ObjectNode wish = CanonicalJson.object();
    wish.put("method", head.method()).put("path", http.rest().isEmpty() ? "/" : http.rest());
    if (!head.query().isEmpty()) {
      wish.put("query", head.query());
    }
    WishBody.put(wish, body);
    return wish;
  }

  /// A failure for clients that do not know of people: nothing was answered yet.
  @Override
  public OwnAnswer waits(ApprovalEnding.Waiting waiting) {
    ObjectNode problem = CanonicalJson.object();
    problem.put("type", "urn:steward:refusal:approval-pending");
    problem.put("title", "A person must agree first");
    problem.put("status", WAITS);
    problem.put("detail", waiting.text());
    problem.put("retryable", true);
    problem.put("approval", waiting.approval());
    problem.put("url", waiting.url());
    problem.put("expires", waiting.expires().toString());
    return new OwnAnswer(
        WAITS,
        List.of(
            new Header("Content-Type", "application/problem+json"),
            new Header("Retry-After", RETRY_SECONDS)),
        CanonicalJson.bytes(problem));
  }

  @Override
  public byte[] event(Refusal refusal) {
    return http.event(refusal);
  }

  @Override
  public Relay.Filter reading(Answering answering) {
    return Relay.Filter.NONE;
  }
}
