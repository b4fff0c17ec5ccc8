// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

/// One query parameter of a route, for the reader of its documentation.
///
/// @param type string, integer, boolean, number or date-time
public record Parameter(String name, String type, String about) {}
