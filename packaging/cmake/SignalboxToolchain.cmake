# Compiler, linker and cache settings shared by every target, gathered on the interface target signalbox_flags.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set_property(GLOBAL PROPERTY USE_FOLDERS ON)

find_program(SIGNALBOX_CCACHE ccache)
if(SIGNALBOX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need these; without them every file that uses one is a miss.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${SIGNALBOX_CCACHE})
endif()
find_program(SIGNALBOX_MOLD mold)

add_library(signalbox_flags INTERFACE)
target_include_directories(signalbox_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(signalbox_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
  QT_NO_JAVA_STYLE_ITERATORS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400 SIGNALBOX_VERSION="${PROJECT_VERSION}")
# gRPC's targets bring -pthread; a precompiled header made without it would be refused there.
target_compile_options(signalbox_flags INTERFACE -pthread)
target_compile_options(signalbox_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual)
if(SIGNALBOX_WERROR)
  target_compile_options(signalbox_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Named initialisers with defaults left out are the house style for option structs.
  target_compile_options(signalbox_flags INTERFACE -Wno-missing-field-initializers)
else()
  target_compile_options(signalbox_flags INTERFACE -Wno-missing-field-initializers -Wno-unknown-warning-option)
endif()
if(SIGNALBOX_MOLD)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(signalbox_flags INTERFACE -fuse-ld=mold)
  else()
    target_link_options(signalbox_flags INTERFACE --ld-path=${SIGNALBOX_MOLD})
  endif()
endif()
if(SIGNALBOX_SANITIZE)
  target_compile_options(signalbox_flags INTERFACE -fsanitize=${SIGNALBOX_SANITIZE} -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(signalbox_flags INTERFACE -fsanitize=${SIGNALBOX_SANITIZE})
endif()
if(SIGNALBOX_HARDEN)
  include(CheckPIESupported)
  check_pie_supported()
  target_compile_options(signalbox_flags INTERFACE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2)
  target_link_options(signalbox_flags INTERFACE LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack LINKER:--as-needed)
endif()
