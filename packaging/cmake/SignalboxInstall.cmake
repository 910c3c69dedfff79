# What is installed, and the Debian package ("cpack -G DEB" in a build folder, or the target "package").
set(CMAKE_INSTALL_DOCDIR share/doc/signalbox)
include(GNUInstallDirs)
set(SIGNALBOX_ID io.github.signalbox.Signalbox)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

foreach(program signalbox signalboxctl signalbox-sandbox)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
if(EXISTS "${CMAKE_SOURCE_DIR}/README.md")
  install(FILES "${CMAKE_SOURCE_DIR}/README.md" DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

if(TARGET signalboxctl)
  # The program writes its own completion.
  foreach(shell_file "bash;bash-completion/completions;signalboxctl" "zsh;zsh/vendor-completions;_signalboxctl")
    list(GET shell_file 0 shell)
    list(GET shell_file 1 folder)
    list(GET shell_file 2 file)
    set(completion "${CMAKE_BINARY_DIR}/completion/${shell}/${file}")
    add_custom_command(OUTPUT "${completion}"
      COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_BINARY_DIR}/completion/${shell}"
      COMMAND signalboxctl completion ${shell} > "${completion}.new"
      COMMAND ${CMAKE_COMMAND} -E rename "${completion}.new" "${completion}"
      DEPENDS signalboxctl COMMENT "Writing the ${shell} completion" VERBATIM)
    list(APPEND completions "${completion}")
    install(FILES "${completion}" DESTINATION "${CMAKE_INSTALL_DATADIR}/${folder}")
  endforeach()
  add_custom_target(completions ALL DEPENDS ${completions})
endif()

if(SIGNALBOX_UI)
  install(FILES "${CMAKE_SOURCE_DIR}/packaging/${SIGNALBOX_ID}.desktop" "${CMAKE_SOURCE_DIR}/packaging/${SIGNALBOX_ID}.open.desktop"
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES "${CMAKE_SOURCE_DIR}/packaging/${SIGNALBOX_ID}.metainfo.xml" DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)

  set(icon "${CMAKE_SOURCE_DIR}/resources/icons/signalbox.svg")
  install(FILES "${icon}" DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps RENAME ${SIGNALBOX_ID}.svg)
  find_program(SIGNALBOX_RSVG rsvg-convert)
  if(SIGNALBOX_RSVG)
    foreach(size 16 24 32 48 64 128 256)
      set(picture "${CMAKE_BINARY_DIR}/icons/${size}/${SIGNALBOX_ID}.png")
      add_custom_command(OUTPUT "${picture}"
        COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_BINARY_DIR}/icons/${size}"
        COMMAND ${SIGNALBOX_RSVG} -w ${size} -h ${size} -o "${picture}" "${icon}"
        DEPENDS "${icon}" COMMENT "Drawing the ${size} px icon" VERBATIM)
      list(APPEND pictures "${picture}")
      install(FILES "${picture}" DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps)
    endforeach()
    add_custom_target(icons ALL DEPENDS ${pictures})
  endif()
endif()

if(TARGET signalbox AND TARGET signalboxctl AND TARGET signalbox-sandbox AND NOT SIGNALBOX_SANITIZE)
  add_test(NAME install COMMAND "${CMAKE_SOURCE_DIR}/packaging/check-install" "${CMAKE_BINARY_DIR}")
  set_tests_properties(install PROPERTIES TIMEOUT 120)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME signalbox)
set(CPACK_PACKAGE_CONTACT "The Signalbox developers <developers@signalbox.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "native desktop console for agent registries")
set(CPACK_PACKAGE_DESCRIPTION "Signalbox browses and changes configurations of Nacos registries: search, edit with a diff,
publish with compare-and-set, watch the change arrive, history, undo. With the command line
signalboxctl and the practice registry signalbox-sandbox.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded as plug-ins at run time, so that SHLIBDEPS does not see them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, libsecret-1-0, qt6-translations-l10n, breeze-icon-theme")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, gnome-keyring, fonts-noto-cjk, fonts-jetbrains-mono")
include(CPack)
