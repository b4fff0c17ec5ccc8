// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.part.Splitter;
import dev.steward.gateway.wire.Framing;
import dev.steward.gateway.wire.Operation;
import java.io.ByteArrayOutputStream;

/// Shows the tool calls of answers to a judge and takes out what is held back.
public final class AnswerCalls {
  /// A call that is longer is held back.
  static final int HELD_BYTES_MAX = 8 << 20;

  private AnswerCalls() {}

  /// A whole answer as the agent gets it: the same bytes where nothing is held back.
  public static byte[] whole(Operation operation, byte[] body, Judge judge) {
    return Json.read(body)
        .map(root -> {
          WholeCalls.judge(operation, root, judge);
          return root.edited() ? root.bytes() : body;
        })
        .orElse(body);
  }

  /// A stream on its way to the agent. One thread uses it.
  public static Stream stream(Operation operation, Framing framing, Judge judge) {
    CallStream calls =
        switch (operation) {
          case CHAT -> new ChatCalls(judge);
          default -> throw new IllegalArgumentException("no stream of " + operation);
        };
    return new Stream(Splitter.of(framing), calls);
  }

  /// The same with arguments that cannot be looked at.
  static Proposed tooLong(Proposed call) {
    return new Proposed(call.id(), call.name(), "", Proposed.Form.PIECES);
  }

  /// A stream on its way to the agent. One thread uses it.
  public static final class Stream {
    private final Splitter splitter;
    private final CallStream calls;

    private Stream(Splitter splitter, CallStream calls) {
      this.splitter = splitter;
      this.calls = calls;
    }

    /// What of the bytes so far can go on.
    public byte[] take(byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
      for (Part part : splitter.take(bytes)) {
        calls.take(part, out);
      }
      return out.toByteArray();
    }

    /// What is still to go on when the provider has ended.
    public byte[] end() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      splitter.rest().ifPresent(part -> calls.take(part, out));
      calls.end(out);
      return out.toByteArray();
    }
  }
}
