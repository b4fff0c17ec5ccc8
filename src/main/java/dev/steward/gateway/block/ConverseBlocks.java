// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Tally;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Blocks of Bedrock's converse streams.
public final class ConverseBlocks implements Blocks {
  private static final String STOP = "\"end_turn\"";
  private static final String INDEX = "contentBlockIndex";
  private static final String BEGIN = "contentBlockStart";
  private static final String DELTA = "contentBlockDelta";
  private static final String END = "contentBlockStop";

  @Override
  public Step read(Part part) {
    Json event = part.json();
    String key = event.at(INDEX).raw();
    return switch (part.name()) {
      case BEGIN -> begins(key, event.at("start").at("toolUse"));
      case DELTA -> new Step.Adds(key, event.at("delta").at("toolUse").at("input").text());
      case END -> new Step.Ends(key, Optional.empty());
      case "messageStop", "metadata" -> new Step.Finishes();
      // A frame without the name of an event tells of an exception.
      case "" -> new Step.Fails();
      default -> new Step.Stands();
    };
  }

  private static Step begins(String key, Json use) {
    return isCall(use) ? new Step.Begins(key, "", call(use)) : new Step.Stands();
  }

  /// Tools that the provider runs itself have a type of their own.
  public static boolean isCall(Json use) {
    return use.isObject() && !use.at("type").text().equals("server_tool_use");
  }

  /// A whole block; in a stream its arguments are still to come.
  public static Proposed call(Json use) {
    return new Proposed(
        use.at("toolUseId").text(),
        use.at("name").text(),
        use.at("input").present() ? use.at("input").raw() : "",
        Proposed.Form.JSON);
  }

  @Override
  public void write(Part part, Tally tally, ByteArrayOutputStream out) {
    correct(part.json().at("stopReason"), tally);
    out.writeBytes(part.bytes());
  }

  /// Says that the answer has ended, where nothing is left to be called.
  public static void correct(Json reason, Tally tally) {
    if (tally.noneLeft() && reason.text().equals("tool_use")) {
      reason.write(STOP);
    }
  }

  @Override
  public void heldBack(CallBlock block, String text, ByteArrayOutputStream out) {
    Part first = block.parts().getFirst();
    write(first, DELTA, ",\"delta\":{\"text\":" + Json.quoted(text) + "}", out);
    write(first, END, "", out);
  }

  @Override
  public void changed(CallBlock block, String arguments, Tally tally, ByteArrayOutputStream out) {
    Part first = block.parts().getFirst();
    out.writeBytes(first.bytes());
    write(first, DELTA, ",\"delta\":{\"toolUse\":{\"input\":" + Json.quoted(arguments) + "}}", out);
    write(first, END, "", out);
  }

  private static void write(Part first, String name, String more, ByteArrayOutputStream out) {
    String json = "{\"" + INDEX + "\":" + first.json().at(INDEX).raw() + more + "}";
    out.writeBytes(first.fresh(name, json));
  }
}
