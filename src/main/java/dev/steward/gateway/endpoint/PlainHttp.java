// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Plain HTTP below a prefix of two segments: the rest of the path and the query go behind the
/// endpoint's url, and refusals are problem documents (RFC 9457).
public final class PlainHttp {
  private final Request head;
  private final String rest;
  private final String title;

  /// @param head whose path is such as `/agents/{agent}` and more
  /// @param title of its refusals
  public PlainHttp(Request head, String title) {
    this.head = head;
    this.rest = PathBelow.of(head.path());
    this.title = title;
  }

  /// The path behind the prefix, "" where there is none.
  public String rest() {
    return rest;
  }

  /// @throws dev.steward.gateway.wire.RefusedException MALFORMED where the path leaves the
  ///   endpoint's url
  public String uri(Endpoint endpoint) {
    PathBelow.require(rest);
    String base = endpoint.url().replaceAll("/+$", "");
    return base + rest + (head.query().isEmpty() ? "" : "?" + head.query());
  }

  /// A refusal as a whole answer.
  public OwnAnswer refusal(Refusal refusal) {
    return new OwnAnswer(
        refusal.kind().status(), headers(refusal), CanonicalJson.bytes(problem(refusal)));
  }

  private static List<Header> headers(Refusal refusal) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/problem+json"));
    if (refusal.kind().retry()) {
      headers.add(new Header("Retry-After", "1"));
    }
    if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
      headers.add(new Header("WWW-Authenticate", "Bearer"));
    }
    return headers;
  }

  /// A refusal as the event that ends a stream.
  public byte[] event(Refusal refusal) {
    return ("event: error\ndata: " + CanonicalJson.text(problem(refusal)) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode problem(Refusal refusal) {
    ObjectNode problem = CanonicalJson.object();
    problem.put("type", "urn:steward:refusal:" + refusal.kind().word());
    problem.put("title", title);
    problem.put("status", refusal.kind().status());
    problem.put("detail", refusal.message());
    problem.put("retryable", refusal.kind().retry());
    return problem;
  }
}
