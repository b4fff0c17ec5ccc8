// SPDX-License-Identifier: Apache-2.0
/// The enforcing path: every model call passes it, one sub-package a step. It reads State and never
/// changes it.
@NullMarked
package dev.steward.gateway;

import org.jspecify.annotations.NullMarked;
