// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.block.BlockCalls;
import dev.steward.gateway.block.ConverseBlocks;
import dev.steward.gateway.block.MessagesBlocks;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.part.UnreadableException;
import dev.steward.gateway.part.Wrapped;
import dev.steward.gateway.ruling.CallStream;
import dev.steward.gateway.ruling.Judge;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tool calls in the streams of Bedrock's InvokeModel: each frame holds one event of the model's
/// maker, and the first one that is known says whose form that is.
final class InvokedCalls implements CallStream {
  private static final Set<String> CONVERSE =
      Set.of(
          "messageStart",
          "contentBlockStart",
          "contentBlockDelta",
          "contentBlockStop",
          "messageStop",
          "metadata");

  private final Judge judge;
  private @Nullable CallStream calls;

  InvokedCalls(Judge judge) {
    this.judge = judge;
  }

  @Override
  public void take(Part frame, ByteArrayOutputStream out) {
    Part part = Wrapped.of(frame, CONVERSE);
    if (!part.root().present() && frame.json().at("bytes").present()) {
      throw new UnreadableException("it sent an event that cannot be read");
    }
    CallStream known = calls == null ? form(part) : calls;
    calls = known;
    if (known == null) {
      out.writeBytes(frame.raw());
    } else {
      known.take(part, out);
    }
  }

  private @Nullable CallStream form(Part part) {
    if (CONVERSE.contains(part.name())) {
      return new BlockCalls(new ConverseBlocks(), judge);
    }
    if (part.json().at("choices").isArray()) {
      return new ChatCalls(judge);
    }
    return part.json().at("type").isText() ? new BlockCalls(new MessagesBlocks(), judge) : null;
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    if (calls != null) {
      calls.end(out);
    }
  }
}
