// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Tally;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// A dialect whose streams tell one block after the other, each with a beginning and an end.
public sealed interface Blocks permits ConverseBlocks, MessagesBlocks, ResponsesBlocks {
  /// What a part is.
  sealed interface Step {
    /// A tool call begins.
    ///
    /// @param key that all parts of the block have
    /// @param arguments as far as they are there, "" when they are still to come
    /// @param call as its beginning tells it
    record Begins(String key, String arguments, Proposed call) implements Step {}

    /// Something more of a block, of a tool call or not.
    record Adds(String key, String arguments) implements Step {}

    /// The block is whole.
    ///
    /// @param call where its end tells all of a call once more
    record Ends(String key, Optional<Proposed> call) implements Step {}

    /// The answer is whole, and all of its blocks are.
    record Finishes() implements Step {}

    /// It need not wait for its turn.
    record Alone() implements Step {}

    /// The answer has failed.
    record Fails() implements Step {}

    /// It is no part of a block.
    record Stands() implements Step {}
  }

  Step read(Part part);

  /// Writes a part that is no tool call, with what must be said otherwise since some were held
  /// back.
  void write(Part part, Tally tally, ByteArrayOutputStream out);

  /// Writes a text in the place of the tool call.
  void heldBack(CallBlock block, String text, ByteArrayOutputStream out);

  /// Writes the tool call with other arguments.
  void changed(CallBlock block, String arguments, Tally tally, ByteArrayOutputStream out);
}
