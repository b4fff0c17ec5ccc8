// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

/// A key of the configuration, as the server was started with it.
///
/// @param usual whether it is what it is when nobody sets it
/// @param about what it does
public record SettingInForce(String key, String value, boolean usual, String about) {}
