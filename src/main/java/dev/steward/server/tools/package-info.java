// SPDX-License-Identifier: Apache-2.0
/// The API of tool servers: what they offer beside what was accepted, and accepting it.
@NullMarked
package dev.steward.server.tools;

import org.jspecify.annotations.NullMarked;
