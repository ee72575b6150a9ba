@echo off
rem Starts Tandem. Needs Java 25 or newer: the one of JAVA_HOME, else the one of the PATH.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders %TANDEM_JAVA_OPTS% -jar "%~dp0..\lib\tandem-gateway.jar" %*
exit /b %ERRORLEVEL%
