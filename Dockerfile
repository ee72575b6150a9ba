# The program with its default model, so that a container needs no network to start:
#   docker build -t tandem . && docker run --rm -p 127.0.0.1:8080:8080 -e TANDEM_ALLOW_ANONYMOUS=on tandem
# It listens on every address of the container, so it starts only with keys or tokens (docs/security.md), or where
# TANDEM_ALLOW_ANONYMOUS says that whoever reaches the published port may call: this machine alone, above.
FROM eclipse-temurin:25-jdk-noble AS build
# versions are those of the base image's release
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends maven npm python3-pip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -Prun -pl server/gateway -am package \
 && mv server/gateway/target/tandem-*/ /tandem
RUN TANDEM_HOME=/data /tandem/bin/tandem pull

FROM eclipse-temurin:25-jre-noble
COPY --from=build /tandem /opt/tandem
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000
ENV TANDEM_HOME=/data TANDEM_HOST=0.0.0.0
EXPOSE 8080
ENTRYPOINT ["/opt/tandem/bin/tandem"]
CMD ["serve"]
