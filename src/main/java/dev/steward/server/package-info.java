// SPDX-License-Identifier: Apache-2.0
/// Configuration, wiring, REST API, CLI and main: the only room that knows every other.
///
/// In: command lines, configuration files, HTTP and gRPC requests. Out: answers in the fixed shapes
/// of the surface. Nobody imports it.
@NullMarked
package dev.steward.server;

import org.jspecify.annotations.NullMarked;
