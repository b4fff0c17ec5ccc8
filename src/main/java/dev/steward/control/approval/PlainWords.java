// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import java.util.Optional;

/// Tells what people are asked about, without any value of an argument.
public final class PlainWords {
  private PlainWords() {}

  /// One sentence, such as "refunds wants to move money with payments/refund in production".
  public static String wish(Approval approval) {
    BoundCall call = approval.call();
    if (call.server().equals(BoundCall.AGENT)) {
      return call.agent() + " wants to ask the agent " + call.tool() + " in " + call.environment();
    }
    return call.agent()
        + " wants to "
        + deed(approval.question().effect())
        + " "
        + call.target()
        + " in "
        + call.environment();
  }

  /// What a yes brings about.
  public static String consequence(Approval approval) {
    if (approval.call().server().equals(BoundCall.AGENT)) {
      return "The agent is asked once, in exactly these words. What it does then is decided on call"
          + " by call.";
    }
    String does =
        switch (effect(approval).orElse(Effect.EXECUTE)) {
          case READ -> "The tool reads and changes nothing.";
          case WRITE -> "The tool changes data.";
          case IRREVERSIBLE -> "What the tool does cannot be undone.";
          case MONEY -> "The tool moves money.";
          case MESSAGE -> "The tool sends a message, which cannot be called back.";
          case DELETE -> "The tool deletes data.";
          case EXECUTE ->
              effect(approval).isPresent()
                  ? "The tool executes code or a command."
                  : "What the tool does is not declared; it may be anything.";
        };
    return does + " It is called once, with exactly these arguments.";
  }

  /// How what the call changes could be taken back.
  ///
  /// @param tool as it is declared now
  public static String undoing(Approval approval, Optional<ToolServer.Tool> tool) {
    Optional<String> by = tool.map(ToolServer.Tool::compensatedBy).filter(name -> !name.isEmpty());
    if (by.isPresent()) {
      return "by " + approval.call().server() + "/" + by.get();
    }
    return switch (effect(approval).orElse(Effect.EXECUTE)) {
      case READ -> "there is nothing to undo";
      case WRITE -> "no tool is declared that undoes it";
      case IRREVERSIBLE, MONEY, MESSAGE, DELETE, EXECUTE ->
          "no: no tool is declared that undoes it";
    };
  }

  private static String deed(String effect) {
    Optional<Effect> known = Effect.of(effect);
    if (known.isEmpty()) {
      return "call";
    }
    return switch (known.get()) {
      case READ -> "read with";
      case WRITE -> "change data with";
      case IRREVERSIBLE -> "do what cannot be undone with";
      case MONEY -> "move money with";
      case MESSAGE -> "send a message with";
      case DELETE -> "delete data with";
      case EXECUTE -> "execute something with";
    };
  }

  private static Optional<Effect> effect(Approval approval) {
    return Effect.of(approval.question().effect());
  }
}
