// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.Tally;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// Output items in the streams of OpenAI responses.
public final class ResponsesBlocks implements Blocks {
  private static final String ADDED = "response.output_item.added";
  private static final String DONE = "response.output_item.done";
  private static final String SEQUENCE = "sequence_number";

  private final ResponseItems items;

  /// How much higher the numbers of events are than the provider's.
  private int added;

  public ResponsesBlocks(ResponseItems items) {
    this.items = items;
  }

  @Override
  public Step read(Part part) {
    Json event = part.json();
    String key = event.at("output_index").raw();
    Json item = event.at("item");
    return switch (event.at("type").text()) {
      case ADDED ->
          ResponseItems.isCall(item)
              ? new Step.Begins(key, "", ResponseItems.proposed(item))
              : new Step.Stands();
      case DONE ->
          new Step.Ends(
              key,
              ResponseItems.isCall(item)
                  ? Optional.of(ResponseItems.proposed(item))
                  : Optional.empty());
      case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
          new Step.Adds(key, event.at("delta").text());
      case "response.completed", "response.incomplete", "response.failed" -> new Step.Finishes();
      case "error" -> new Step.Fails();
      default -> key.isEmpty() ? new Step.Stands() : new Step.Adds(key, "");
    };
  }

  @Override
  public void write(Part part, Tally tally, ByteArrayOutputStream out) {
    items.edit(part.json().at("response").at("output"));
    Json number = part.json().at(SEQUENCE);
    if (added > 0 && number.present()) {
      number.write(Integer.toString(number.whole(0) + added));
    }
    out.writeBytes(part.bytes());
  }

  /// The events that tell of a message, in the place of those that told of the call.
  @Override
  public void heldBack(CallBlock block, String text, ByteArrayOutputStream out) {
    Part first = block.parts().getFirst();
    Json item = first.json().at("item");
    String empty = ResponseItems.part("");
    String said = ResponseItems.part(text);
    String words = Json.quoted(text);
    String begun =
        "{\"id\":%s,\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"
            .formatted(Json.quoted(ResponseItems.id(item)));
    String place =
        "\"item_id\":%s,\"content_index\":0,".formatted(Json.quoted(ResponseItems.id(item)));
    List<Event> events =
        List.of(
            new Event(ADDED, "\"item\":" + begun),
            new Event("response.content_part.added", place + "\"part\":" + empty),
            new Event(
                "response.output_text.delta", place + "\"delta\":" + words + ",\"logprobs\":[]"),
            new Event(
                "response.output_text.done", place + "\"text\":" + words + ",\"logprobs\":[]"),
            new Event("response.content_part.done", place + "\"part\":" + said),
            new Event(DONE, "\"item\":" + ResponseItems.message(item, text)));
    for (int i = 0; i < events.size(); i++) {
      write(first, events.get(i), i, out);
    }
    added += Math.max(0, events.size() - block.parts().size());
  }

  /// @param members of its JSON beside its type and its place
  private record Event(String type, String members) {}

  private void write(Part first, Event event, int place, ByteArrayOutputStream out) {
    Json number = first.json().at(SEQUENCE);
    String numbered =
        number.present() ? "\"%s\":%d,".formatted(SEQUENCE, number.whole(0) + added + place) : "";
    String index = "\"output_index\":%s,".formatted(first.json().at("output_index").raw());
    String json = "{\"type\":\"" + event.type() + "\"," + numbered + index + event.members() + "}";
    out.writeBytes(first.fresh(event.type(), json));
  }

  @Override
  public void changed(CallBlock block, String arguments, Tally tally, ByteArrayOutputStream out) {
    String words = Json.quoted(arguments);
    boolean told = false;
    for (Part part : block.parts()) {
      Json event = part.json();
      if (event.at("delta").present()) {
        if (told) {
          continue;
        }
        told = true;
        event.at("delta").write(words);
      }
      for (String name : List.of("arguments", "input")) {
        if (event.at(name).present()) {
          event.at(name).write(words);
        }
      }
      if (event.at("type").text().equals(DONE)) {
        ResponseItems.change(event.at("item"), arguments);
      }
      write(part, tally, out);
    }
  }
}
