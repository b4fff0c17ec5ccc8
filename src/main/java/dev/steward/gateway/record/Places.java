// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Request;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the run that a call belongs to.
public final class Places {
  private static final int NAME_MAX = 256;
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}.*");
  private static final String NO_TRACE = "0".repeat(32);

  private final RandomGenerator random;

  public Places(RandomGenerator random) {
    this.random = random;
  }

  /// The place of a call whose caller and wish are known.
  public Place of(Request request, Caller caller, Asked asked) {
    String run = header(request, "x-steward-run");
    Optional<Matcher> parent = parent(request);
    String trace = parent.map(m -> m.group(1)).orElseGet(() -> id(16));
    String workflow = header(request, "x-steward-workflow");
    return new Place(
        run.isEmpty() ? trace : run,
        trace,
        parent.map(m -> m.group(2)).orElse(null),
        !run.isEmpty(),
        header(request, "x-steward-conversation"),
        workflow.isEmpty() ? onlyWorkflow(caller) : workflow,
        header(request, "x-steward-task"));
  }

  /// A place of its own, for a call that was refused before more was known.
  public Place alone() {
    String trace = id(16);
    return new Place(trace, trace, null, false, "", "", "");
  }

  /// A span's id.
  public String spanId() {
    return id(8);
  }

  private static String onlyWorkflow(Caller caller) {
    return caller.agent().workflows().size() == 1 ? caller.agent().workflows().getFirst() : "";
  }

  private static Optional<Matcher> parent(Request request) {
    return request
        .header("traceparent")
        .map(TRACEPARENT::matcher)
        .filter(Matcher::matches)
        .filter(m -> !m.group(1).equals(NO_TRACE) && !m.group(2).equals("0".repeat(16)));
  }

  private static String header(Request request, String name) {
    return request.header(name).map(String::strip).filter(v -> v.length() <= NAME_MAX).orElse("");
  }

  private String id(int bytes) {
    byte[] id = new byte[bytes];
    do {
      random.nextBytes(id);
    } while (id[0] == 0);
    return HexFormat.of().formatHex(id);
  }
}
