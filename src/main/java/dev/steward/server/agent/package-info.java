// SPDX-License-Identifier: Apache-2.0
/// The paths by which agents are called, over plain HTTP and over A2A: requests handed to their
/// gateway, and its answers handed back.
@NullMarked
package dev.steward.server.agent;

import org.jspecify.annotations.NullMarked;
