/** The smallest service that there can be. */
@NullMarked
package com.example.hello;

import org.jspecify.annotations.NullMarked;
