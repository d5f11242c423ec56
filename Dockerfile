# The TestMesh command line. Flows are mounted at /work:
#   docker build -t testmesh . && docker run --rm -v "$PWD:/work" testmesh run flows
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -q -B -Dmaven.test.skip=true -Djacoco.skip -Prelease -Dgpg.skip -Dmaven.javadoc.skip -pl testmesh-cli -am package \
    && mkdir /opt/testmesh \
    && tar -xzf testmesh-cli/target/testmesh-*.tar.gz -C /opt/testmesh --strip-components 1

FROM eclipse-temurin:25-jre
RUN useradd --system --create-home testmesh
COPY --from=build /opt/testmesh /opt/testmesh
# Makes the class archive, which a container cannot keep.
RUN /opt/testmesh/testmesh --version && ln -s /opt/testmesh/testmesh /usr/local/bin/testmesh
USER testmesh
WORKDIR /work
ENTRYPOINT ["testmesh"]
