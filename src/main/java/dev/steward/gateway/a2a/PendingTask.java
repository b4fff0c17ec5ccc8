// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.agent.WishBody;
import dev.steward.gateway.approval.ApprovalEnding.Waiting;
import dev.steward.gateway.endpoint.OwnAnswer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A message that waits for people, as a task of ours that its client can ask about. It is sent on
/// when the client sends the same message again after they have agreed, and only then.
final class PendingTask {
  private static final String MARK = "approval-";
  private static final int OK = 200;

  private PendingTask() {}

  /// The approval that a task stands for, "" for none.
  static String approval(String task) {
    return task.startsWith(MARK) ? task.substring(MARK.length()) : "";
  }

  /// All that is sent on, without the ids that are new each time a message is sent.
  static ObjectNode wish(A2aAsked asked, Binding binding, String target, byte[] body) {
    ObjectNode wish = CanonicalJson.object();
    wish.put("operation", asked.operation());
    if (!target.isEmpty()) {
      wish.put("target", target);
    }
    WishBody.put(wish, asked.body() instanceof ObjectNode whole ? lasting(whole, binding) : body);
    return wish;
  }

  private static byte[] lasting(ObjectNode body, Binding binding) {
    ObjectNode whole = body.deepCopy();
    if (binding == Binding.JSONRPC) {
      whole.remove("id");
    }
    JsonNode params = binding == Binding.JSONRPC ? whole.path("params") : whole;
    if (params.path("message") instanceof ObjectNode message) {
      message.remove("messageId");
    }
    try {
      return CanonicalJson.bytes(whole);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.MALFORMED,
              "People cannot read what they are to agree to: the request holds "
                  + e.getMessage()
                  + ". Send it as a text."),
          e);
    }
  }

  static OwnAnswer said(Binding binding, A2aAsked asked, Waiting waiting) {
    ObjectNode result = CanonicalJson.object();
    result.set(
        "task",
        task(waiting.approval(), asked.context(), "TASK_STATE_AUTH_REQUIRED", waiting.text()));
    ObjectNode tree = binding.result(result, asked.id());
    return asked.streams()
        ? new OwnAnswer(
            OK,
            List.of(new Header("Content-Type", "text/event-stream")),
            ("data: " + CanonicalJson.text(tree) + "\n\n").getBytes(StandardCharsets.UTF_8))
        : new OwnAnswer(OK, binding.headers(), CanonicalJson.bytes(tree));
  }

  /// How an approval stands, as its task.
  static byte[] asked(Binding binding, A2aAsked asked, Approval approval, Instant now) {
    Status status = approval.status(now);
    String state =
        switch (status) {
          case PENDING -> "TASK_STATE_AUTH_REQUIRED";
          case APPROVED -> "TASK_STATE_INPUT_REQUIRED";
          case DENIED, EXPIRED -> "TASK_STATE_REJECTED";
          case USED -> "TASK_STATE_COMPLETED";
        };
    String words =
        switch (status) {
          case PENDING -> "A person must agree first; the message was not sent on yet.";
          case APPROVED -> "A person has agreed: send the same message again, without a task.";
          case DENIED -> "A person denied it; the message was not sent on.";
          case EXPIRED -> "Nobody agreed in time; the message was not sent on.";
          case USED -> "The message was sent on when it came again; the agent has answered that.";
        };
    return CanonicalJson.bytes(
        binding.result(task(approval.id(), asked.context(), state, words), asked.id()));
  }

  private static ObjectNode task(String approval, String context, String state, String words) {
    ObjectNode task = CanonicalJson.object();
    task.put("id", MARK + approval);
    if (!context.isEmpty()) {
      task.put("contextId", context);
    }
    ObjectNode status = task.putObject("status").put("state", state);
    ObjectNode message = status.putObject("message");
    message.put("messageId", MARK + approval + "-" + state).put("role", "ROLE_AGENT");
    message.putArray("parts").addObject().put("text", words);
    return task;
  }
}
