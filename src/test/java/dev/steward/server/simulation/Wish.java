// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

/// A payment that people were asked about, as the simulation itself keeps count of it.
///
/// @param asked arguments of the call
/// @param agreed arguments that people agreed to, "" for none
record Wish(String run, String tool, String asked, String agreed, boolean used) {
  Wish agreedTo(String arguments) {
    return new Wish(run, tool, asked, arguments, used);
  }

  Wish spent() {
    return new Wish(run, tool, asked, agreed, true);
  }
}
