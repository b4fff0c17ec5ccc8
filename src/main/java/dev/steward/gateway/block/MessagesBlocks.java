// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Tally;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Blocks of Anthropic's streams.
public final class MessagesBlocks implements Blocks {
  private static final String STOP = "\"end_turn\"";
  private static final String BEGIN = "content_block_start";
  private static final String DELTA = "content_block_delta";
  private static final String END = "content_block_stop";

  @Override
  public Step read(Part part) {
    Json event = part.json();
    String key = event.at("index").raw();
    return switch (event.at("type").text()) {
      case BEGIN -> begins(key, event.at("content_block"));
      case DELTA -> new Step.Adds(key, event.at("delta").at("partial_json").text());
      case END -> new Step.Ends(key, Optional.empty());
      case "message_delta", "message_stop" -> new Step.Finishes();
      case "ping" -> new Step.Alone();
      case "error" -> new Step.Fails();
      default -> new Step.Stands();
    };
  }

  /// Tools that the provider runs itself are blocks of other types.
  private static Step begins(String key, Json block) {
    Json input = block.at("input");
    boolean there = input.isObject() && !input.names().isEmpty();
    return block.at("type").text().equals("tool_use")
        ? new Step.Begins(key, there ? input.raw() : "", call(block))
        : new Step.Stands();
  }

  /// A whole block; in a stream its arguments may still be empty.
  public static Proposed call(Json block) {
    return new Proposed(
        block.at("id").text(),
        block.at("name").text(),
        block.at("input").present() ? block.at("input").raw() : "",
        Proposed.Form.JSON);
  }

  @Override
  public void write(Part part, Tally tally, ByteArrayOutputStream out) {
    correct(part.json().at("delta").at("stop_reason"), tally);
    out.writeBytes(part.bytes());
  }

  /// Says that the answer has ended, where nothing is left to be called.
  public static void correct(Json reason, Tally tally) {
    if (tally.noneLeft() && reason.text().equals("tool_use")) {
      reason.write(STOP);
    }
  }

  /// A block of text.
  public static String text(String text) {
    return "{\"type\":\"text\",\"text\":" + Json.quoted(text) + "}";
  }

  @Override
  public void heldBack(CallBlock block, String text, ByteArrayOutputStream out) {
    Part first = block.parts().getFirst();
    write(first, BEGIN, "\"content_block\":" + text(""), out);
    write(
        first,
        DELTA,
        "\"delta\":{\"type\":\"text_delta\",\"text\":" + Json.quoted(text) + "}",
        out);
    write(first, END, "", out);
  }

  @Override
  public void changed(CallBlock block, String arguments, Tally tally, ByteArrayOutputStream out) {
    Part first = block.parts().getFirst();
    first.json().at("content_block").set("input", "{}");
    out.writeBytes(first.bytes());
    write(
        first,
        DELTA,
        "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":" + Json.quoted(arguments) + "}",
        out);
    write(first, END, "", out);
  }

  private static void write(Part first, String type, String more, ByteArrayOutputStream out) {
    String json =
        "{\"type\":\"%s\",\"index\":%s%s%s}"
            .formatted(type, first.json().at("index").raw(), more.isEmpty() ? "" : ",", more);
    out.writeBytes(first.fresh(type, json));
  }
}
