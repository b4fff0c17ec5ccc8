// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Plain HTTP: the rest of the path and the query go behind the endpoint's url, and refusals are
/// problem documents (RFC 9457).
public final class PlainForm implements AgentForm {
  private static final int PREFIX_SEGMENTS = 3;

  private final Request head;
  private final String rest;

  /// @param head whose path is `/agents/{agent}` and more
  public PlainForm(Request head) {
    this.head = head;
    String[] segments = head.path().split("/", PREFIX_SEGMENTS + 1);
    this.rest = segments.length > PREFIX_SEGMENTS ? "/" + segments[PREFIX_SEGMENTS] : "";
  }

  @Override
  public String uri(Endpoint endpoint, String secret) {
    for (String segment : rest.split("[/\\\\]", -1)) {
      String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (plain.equals("..") || plain.equals(".") || plain.contains("%2f..")) {
        throw new RefusedException(
            Refusal.of(
                Refusal.Kind.MALFORMED,
                "The path goes up or stands still ('..', '.'): write the one that is meant."));
      }
    }
    String base = endpoint.url().replaceAll("/+$", "");
    return base + rest + (head.query().isEmpty() ? "" : "?" + head.query());
  }

  @Override
  public boolean copied(AgentAsked asked) {
    return true;
  }

  @Override
  public Said refusal(Refusal refusal) {
    int status = refusal.kind().status();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/problem+json"));
    if (refusal.kind().retry()) {
      headers.add(new Header("Retry-After", "1"));
    }
    if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
      headers.add(new Header("WWW-Authenticate", "Bearer"));
    }
    return new Said(status, headers, CanonicalJson.bytes(problem(refusal)));
  }

  @Override
  public byte[] event(Refusal refusal) {
    return ("event: error\ndata: " + CanonicalJson.text(problem(refusal)) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Relay.Filter reading(Answering answering) {
    return Relay.Filter.NONE;
  }

  private static ObjectNode problem(Refusal refusal) {
    ObjectNode problem = CanonicalJson.object();
    problem.put("type", "urn:steward:refusal:" + refusal.kind().word());
    problem.put("title", "The agent was not reached");
    problem.put("status", refusal.kind().status());
    problem.put("detail", refusal.message());
    problem.put("retryable", refusal.kind().retry());
    return problem;
  }
}
