// SPDX-License-Identifier: Apache-2.0
/// The process configuration: one immutable tree of records, read from a YAML file and the
/// environment. It must not hold what operators declare at run time (agents, policies, prices).
@NullMarked
package dev.steward.server.config;

import org.jspecify.annotations.NullMarked;
