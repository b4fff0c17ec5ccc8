// SPDX-License-Identifier: Apache-2.0
/// A fleet of scripted agents, models and tools that calls the server over HTTP only.
///
/// In: the address of a server. Out: traffic as real agents make it: spans of past days by OTLP,
/// and live model calls through the gateway, which asks the provider of this room. It must not know
/// the server's insides.
@NullMarked
package dev.steward.demo;

import org.jspecify.annotations.NullMarked;
