@echo off
rem Starts the TestMesh command line. JAVA_HOME or PATH choose the Java (17 or newer);
rem TESTMESH_JAVA_OPTS is passed on to it.
setlocal
set "dist=%~dp0"
set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  echo testmesh: no java at %java%: JAVA_HOME must be the folder of a JDK or JRE 1>&2
  exit /b 4
)
if not defined JAVA_HOME (
  where java.exe >nul 2>nul || (
    echo testmesh: no java found: set JAVA_HOME or put Java 17 or newer on PATH 1>&2
    exit /b 4
  )
)
"%java%" -Dslf4j.provider=org.slf4j.nop.NOPServiceProvider -Dslf4j.internal.verbosity=WARN -Dsun.net.httpserver.nodelay=true -Xlog:disable -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %TESTMESH_JAVA_OPTS% -cp "%dist%testmesh-cli.jar" io.testmesh.cli.Main %*
exit /b %ERRORLEVEL%
