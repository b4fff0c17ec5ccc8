// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

/// A tool that a proposed call may mean.
///
/// @param behindGateway whether its calls come over MCP and are decided on there once more
record Target(String server, String tool, boolean behindGateway) {
  /// The server of tools that an agent runs in its own process.
  static final String LOCAL = "local";

  /// `server/tool`
  String name() {
    return server + "/" + tool;
  }
}
