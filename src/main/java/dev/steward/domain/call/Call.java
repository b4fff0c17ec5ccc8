// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that passes the gateway.
public sealed interface Call {
  Caller caller();

  /// A model is asked.
  ///
  /// @param provider name of the ModelProvider, "" when not known yet
  record ModelCall(Caller caller, String model, String provider) implements Call {}

  /// A tool is called.
  ///
  /// @param arguments JSON as String, Boolean, BigDecimal, List, Map and null
  /// @param attributed whether it is known which model step proposed it
  record ToolCall(
      Caller caller,
      String server,
      String tool,
      Map<String, @Nullable Object> arguments,
      boolean attributed)
      implements Call {
    // Written out, since a compact one loses the annotation of its parameter's values.
    public ToolCall(
        Caller caller,
        String server,
        String tool,
        Map<String, @Nullable Object> arguments,
        boolean attributed) {
      this.caller = caller;
      this.server = server;
      this.tool = tool;
      this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      this.attributed = attributed;
    }

    /// One that a model proposed.
    public ToolCall(
        Caller caller, String server, String tool, Map<String, @Nullable Object> arguments) {
      this(caller, server, tool, arguments, true);
    }

    /// `server/tool`
    public String target() {
      return server + "/" + tool;
    }
  }

  /// Another agent is asked.
  ///
  /// @param agent that is asked
  record AgentCall(Caller caller, String agent) implements Call {}
}
