// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.CallStream;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Tool calls in the chunks of an OpenAI chat completion. Chunks that hold a piece of a call wait
/// until it is judged, all others pass.
final class ChatCalls implements CallStream {
  private final Judge judge;
  private final Map<Integer, ChatChoice> choices = new HashMap<>();
  private final List<Chunk> waiting = new ArrayList<>();
  private long waitingBytes;

  ChatCalls(Judge judge) {
    this.judge = judge;
  }

  /// A chunk with pieces of calls, or with the end of an answer that has some.
  private record Chunk(Part part, List<ChatCall.Piece> pieces, List<Finish> finishes) {
    boolean ready() {
      return pieces.stream().allMatch(piece -> piece.call().judged());
    }
  }

  /// Where a chunk says why an answer ended.
  private record Finish(ChatChoice choice, Json reason) {}

  @Override
  public void take(Part part, ByteArrayOutputStream out) {
    if (!part.root().present()) {
      if (part.says("[DONE]")) {
        end(out);
      }
      out.writeBytes(part.raw());
      return;
    }
    if (part.json().at("error").said()) {
      // Nobody may act on half a call.
      choices.clear();
      waiting.clear();
    }
    Chunk chunk = new Chunk(part, new ArrayList<>(), new ArrayList<>());
    for (Json told : part.json().at("choices").items()) {
      ChatChoice choice =
          choices.computeIfAbsent(told.at("index").whole(0), _ -> new ChatChoice(judge));
      chunk.pieces().addAll(choice.take(told.at("delta")));
      Json reason = told.at("finish_reason");
      if (reason.isText() && choice.calls()) {
        chunk.finishes().add(new Finish(choice, reason));
        choice.over();
      }
    }
    if (chunk.pieces().isEmpty() && chunk.finishes().isEmpty()) {
      out.writeBytes(part.raw());
      return;
    }
    waiting.add(chunk);
    waitingBytes += part.raw().length;
    if (waitingBytes > Proposed.HELD_BYTES_MAX) {
      choices.values().forEach(ChatChoice::tooLong);
    }
    release(out);
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    choices.values().forEach(ChatChoice::over);
    release(out);
  }

  private void release(ByteArrayOutputStream out) {
    Iterator<Chunk> chunks = waiting.iterator();
    while (chunks.hasNext()) {
      Chunk chunk = chunks.next();
      if (chunk.ready()) {
        chunks.remove();
        waitingBytes -= chunk.part().raw().length;
        write(chunk, out);
      }
    }
  }

  private static void write(Chunk chunk, ByteArrayOutputStream out) {
    chunk.pieces().forEach(ChatCall.Piece::apply);
    for (Finish finish : chunk.finishes()) {
      ChatChoice.correct(finish.reason(), finish.choice().tally());
    }
    Part part = chunk.part();
    if (!part.root().edited() || saysMore(part.json())) {
      out.writeBytes(part.bytes());
    }
  }

  /// Whether anything is left in an edited chunk.
  private static boolean saysMore(Json chunk) {
    if (chunk.at("usage").isObject()) {
      return true;
    }
    for (Json choice : chunk.at("choices").items()) {
      if (choice.at("finish_reason").isText()) {
        return true;
      }
      Json delta = choice.at("delta");
      for (String name : delta.names()) {
        Json member = delta.at(name);
        boolean said = member.said() && !(member.isText() && member.text().isEmpty());
        if (!member.removed() && (said || member.edited())) {
          return true;
        }
      }
      if (delta.grown()) {
        return true;
      }
    }
    return false;
  }
}
