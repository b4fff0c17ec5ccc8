// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Plain HTTP below a prefix of two segments: the rest of the path and the query go behind the
/// endpoint's url, and refusals are problem documents (RFC 9457).
public final class PlainHttp {
  private static final int PREFIX_SEGMENTS = 3;

  private final Request head;
  private final String rest;
  private final String title;

  /// @param head whose path is such as `/agents/{agent}` and more
  /// @param title of its refusals
  public PlainHttp(Request head, String title) {
    this.head = head;
    String[] segments = head.path().split("/", PREFIX_SEGMENTS + 1);
    this.rest = segments.length > PREFIX_SEGMENTS ? "/" + segments[PREFIX_SEGMENTS] : "";
    this.title = title;
  }

  /// The path behind the prefix, "" where there is none.
  public String rest() {
    return rest;
  }

  /// @throws RefusedException MALFORMED where the path leaves the endpoint's url
  public String uri(Endpoint endpoint) {
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

  /// Headers of a refusal.
  public static List<Header> headers(Refusal refusal) {
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

  public ObjectNode problem(Refusal refusal) {
    ObjectNode problem = CanonicalJson.object();
    problem.put("type", "urn:steward:refusal:" + refusal.kind().word());
    problem.put("title", title);
    problem.put("status", refusal.kind().status());
    problem.put("detail", refusal.message());
    problem.put("retryable", refusal.kind().retry());
    return problem;
  }
}
