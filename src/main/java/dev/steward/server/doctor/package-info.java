// SPDX-License-Identifier: Apache-2.0
/// What is set up, what is not, and what to do next.
@NullMarked
package dev.steward.server.doctor;

import org.jspecify.annotations.NullMarked;
