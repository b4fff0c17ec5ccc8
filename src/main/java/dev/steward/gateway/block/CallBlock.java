// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A block of a stream that is a tool call.
public final class CallBlock {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final StringBuilder arguments = new StringBuilder();
  private final List<Part> parts = new ArrayList<>();
  private Proposed call;
  private @Nullable Ruling ruling;

  CallBlock(Part first, String arguments, Proposed call) {
    this.call = call;
    this.arguments.append(arguments);
    parts.add(first);
  }

  void add(Part part, String more) {
    parts.add(part);
    arguments.append(more);
  }

  /// Takes what the end tells of the whole call. Where that is another than came before, nobody
  /// knows which one the agent would take.
  void ends(Proposed whole) {
    boolean first = call.form() == Proposed.Form.ACTION || arguments.isEmpty();
    boolean same = whole.name().equals(call.name()) && (first || same(whole.arguments(), joined()));
    call =
        same
            ? whole
            : new Proposed(call.id(), call.name(), whole.arguments(), Proposed.Form.PIECES);
    arguments.setLength(0);
    arguments.append(whole.arguments());
  }

  private static boolean same(String one, String other) {
    try {
      return one.equals(other) || JSON.readTree(one).equals(JSON.readTree(other));
    } catch (JacksonException _) {
      return false;
    }
  }

  private String joined() {
    return arguments.toString();
  }

  List<Part> parts() {
    return parts;
  }

  Proposed proposed() {
    return new Proposed(call.id(), call.name(), joined(), call.form());
  }

  @Nullable Ruling ruling() {
    return ruling;
  }

  void ruled(Ruling made) {
    ruling = made;
  }
}
