# signalbox::grpc: gRPC and protobuf for what links them, from their archives.
# As shared libraries they are fifty (most of them Abseil's), whose loading and symbols take 9 of the 23 ms in which a program of ours is
# loaded (start of signalboxctl: 20 ms). Their own libraries that others use as well (OpenSSL, zlib, c-ares) stay shared. Without archives,
# and under sanitizers, the shared ones are taken.
add_library(signalbox_grpc INTERFACE)
add_library(signalbox::grpc ALIAS signalbox_grpc)
option(SIGNALBOX_GRPC_ARCHIVES "Link gRPC and protobuf from their archives where they are installed" ON)

set(archives "")
set(others "")
if(SIGNALBOX_GRPC_ARCHIVES AND NOT SIGNALBOX_SANITIZE)
  pkg_check_modules(SIGNALBOX_GRPC QUIET grpc++ protobuf)
  set(names ${SIGNALBOX_GRPC_STATIC_LIBRARIES})
  list(REMOVE_DUPLICATES names)
  foreach(name IN LISTS names)
    if(name MATCHES "^(grpc|grpc\\+\\+|gpr|upb|address_sorting|re2|protobuf|absl_.*)$")
      find_library(SIGNALBOX_ARCHIVE_${name} "lib${name}.a")
      mark_as_advanced(SIGNALBOX_ARCHIVE_${name})
      if(NOT SIGNALBOX_ARCHIVE_${name})
        message(STATUS "gRPC: no archive of ${name}, so the shared libraries are linked")
        set(archives "")
        break()
      endif()
      list(APPEND archives "${SIGNALBOX_ARCHIVE_${name}}")
    else()
      list(APPEND others ${name})
    endif()
  endforeach()
endif()

if(archives)
  # The archives refer to each other in circles.
  target_link_libraries(signalbox_grpc INTERFACE "$<LINK_GROUP:RESCAN,${archives}>" ${others})
else()
  target_link_libraries(signalbox_grpc INTERFACE gRPC::grpc++ gRPC::gpr protobuf::libprotobuf)
endif()
