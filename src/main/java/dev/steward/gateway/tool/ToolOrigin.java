// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.ToolTrail;
import dev.steward.gateway.turn.Fingerprint;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What a client says of the place of its call in what its agent does; "" for what it does not say.
///
/// @param run as in `x-steward-run`
/// @param traceparent of W3C trace context, from `_meta`, else from the HTTP header
/// @param callId that the model gave the call it proposed
/// @param user for whom the run is, as in `x-steward-user`
/// @param delegation token of the chain of agents on whose behalf it is, as in
///   `x-steward-delegation`
/// @param caller of the call that it is done for, with the version which that was given; empty for
///   what is done for no other call
public record ToolOrigin(
    String run,
    String traceparent,
    String conversation,
    String workflow,
    String task,
    String callId,
    String user,
    String delegation,
    Optional<Caller> caller) {
  public ToolOrigin(
      String run,
      String traceparent,
      String conversation,
      String workflow,
      String task,
      String callId,
      String user) {
    this(run, traceparent, conversation, workflow, task, callId, user, "", Optional.empty());
  }

  /// Of a client that says nothing.
  public static final ToolOrigin NONE = new ToolOrigin("", "", "", "", "", "", "");

  private static final int LENGTH_MAX = 256;

  /// A token names each agent of its chain.
  private static final int TOKEN_LENGTH_MAX = 8 << 10;

  /// Where the trace's id stands in a traceparent.
  private static final int TRACE_BEGIN = 3;

  private static final int TRACE_END = 35;

  /// Reads it from headers and the call's `_meta`, of which the latter counts more: headers belong
  /// to a connection, `_meta` to the call. In `_meta` the names are `steward/run`,
  /// `steward/conversation`, `steward/workflow`, `steward/task`, `steward/tool-call-id`,
  /// `steward/user`, `steward/delegation` and `traceparent`.
  ///
  /// @param header gives the first value of a header, "" for none
  public static ToolOrigin of(Function<String, String> header, JsonNode meta) {
    return new ToolOrigin(
        said(meta, "steward/run", header.apply("x-steward-run")),
        said(meta, "traceparent", header.apply("traceparent")),
        said(meta, "steward/conversation", header.apply("x-steward-conversation")),
        said(meta, "steward/workflow", header.apply("x-steward-workflow")),
        said(meta, "steward/task", header.apply("x-steward-task")),
        said(meta, "steward/tool-call-id", header.apply("x-steward-tool-call-id")),
        said(meta, "steward/user", header.apply("x-steward-user")),
        said(meta, "steward/delegation", header.apply(ChainTokens.HEADER), TOKEN_LENGTH_MAX),
        Optional.empty());
  }

  /// Of what is done for this call: all that was found out of its place holds for it too.
  public ToolOrigin within(ToolSend.Sending call) {
    Place place = call.place();
    return new ToolOrigin(
        place.said() ? place.run() : run,
        call.traceparent().isEmpty() ? traceparent : call.traceparent(),
        place.conversation().isEmpty() ? conversation : place.conversation(),
        place.workflow().isEmpty() ? workflow : place.workflow(),
        place.task().isEmpty() ? task : place.task(),
        "",
        user,
        delegation,
        Optional.of(call.caller()));
  }

  /// The run that it says it is in, else its trace, "" where it says neither: only what is said can
  /// be said again.
  public String said() {
    boolean traced = run.isEmpty() && traceparent.length() > TRACE_END;
    return traced ? traceparent.substring(TRACE_BEGIN, TRACE_END) : run;
  }

  /// What leads from a call to its run.
  ToolTrail trail(String tool, JsonNode arguments) {
    return new ToolTrail(
        run,
        traceparent,
        conversation,
        workflow,
        task,
        callId,
        user,
        tool,
        Fingerprint.arguments(arguments));
  }

  private static String said(JsonNode meta, String name, String header) {
    return said(meta, name, header, LENGTH_MAX);
  }

  private static String said(JsonNode meta, String name, String header, int max) {
    String inMeta = meta.path(name).asString("").strip();
    String said = inMeta.isEmpty() ? header.strip() : inMeta;
    return said.length() > max ? "" : said;
  }
}
